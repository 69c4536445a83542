/**
 * ASF-BP for SameDiff models. {@link org.dl4jsnn.asf.samediff.AccumulatedFlowFunctions} adds layers
 * to a SameDiff graph whose values are simulated firing rates and whose gradients are those of
 * {@link org.dl4jsnn.asf.AsfBackprop}; {@link org.dl4jsnn.asf.samediff.SimulatedNeurons} holds the
 * simulation's results.
 *
 * <p>They share no code with the layers' own backward pass, so that each can be checked against the
 * other.
 */
package org.dl4jsnn.asf.samediff;
