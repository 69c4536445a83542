/**
 * Spike trains and the flow they accumulate to. A {@link org.dl4jsnn.spike.SpikeTrain} holds the
 * spikes of one layer, one minibatch and one time window; {@link org.dl4jsnn.spike.SpikeTrains}
 * lets it travel beside the activation array that Deeplearning4j passes from layer to layer, with a
 * {@link org.dl4jsnn.spike.GradientInbox} for its way back.
 */
package org.dl4jsnn.spike;
