/**
 * ASF-BP, training with accumulated spiking flow (Wu et al., AAAI 2021): one backward pass for any
 * number of time steps. {@link org.dl4jsnn.asf.AsfBackprop} is the rule; {@link
 * org.dl4jsnn.asf.LinearEstimation} estimates each layer's slope, and {@link
 * org.dl4jsnn.asf.RefreshSchedule} determines when. A related rule, {@link
 * org.dl4jsnn.asf.RateBackprop}, has one slope per neuron and sample.
 */
package org.dl4jsnn.asf;
