/**
 * Encoders: from the features of a data set to the spike train that enters a network. {@link
 * org.dl4jsnn.encode.PoissonEncoder} draws spikes at rates given by pixels; {@link
 * org.dl4jsnn.encode.DirectEncoder} takes pixels as constant currents; {@link
 * org.dl4jsnn.encode.FrameEncoder} takes features that already have a time axis. Two encoders code
 * in time: {@link org.dl4jsnn.encode.LatencyEncoder} fires once, sooner for larger features; {@link
 * org.dl4jsnn.encode.DeltaEncoder} fires where a signal changes. {@link
 * org.dl4jsnn.encode.PopulationEncoder} spreads a feature over several neurons, in front of any of
 * these.
 */
package org.dl4jsnn.encode;
