/**
 * Encoders: from the features of a data set to the spike train that enters a network. {@link
 * org.dl4jsnn.encode.PoissonEncoder} draws spikes at rates given by pixels; {@link
 * org.dl4jsnn.encode.DirectEncoder} takes pixels as constant currents; {@link
 * org.dl4jsnn.encode.FrameEncoder} takes features that already have a time axis. Codes in which
 * time matters: {@link org.dl4jsnn.encode.LatencyEncoder} fires once, the sooner the larger a
 * feature is; {@link org.dl4jsnn.encode.DeltaEncoder} fires where a signal changes. {@link
 * org.dl4jsnn.encode.PopulationEncoder} spreads a feature over several neurons, before any of them.
 */
package org.dl4jsnn.encode;
