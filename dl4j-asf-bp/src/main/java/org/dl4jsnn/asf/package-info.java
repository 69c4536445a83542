/**
 * ASF-BP, training with accumulated spiking flow (Wu et al., AAAI 2021): one backward pass whatever
 * the number of time steps. {@link org.dl4jsnn.asf.AsfBackprop} is the rule; {@link
 * org.dl4jsnn.asf.LinearEstimation} finds each layer's slope, and {@link
 * org.dl4jsnn.asf.RefreshSchedule} says when. Its neighbour, {@link org.dl4jsnn.asf.RateBackprop},
 * has a slope for every neuron and sample.
 */
package org.dl4jsnn.asf;
