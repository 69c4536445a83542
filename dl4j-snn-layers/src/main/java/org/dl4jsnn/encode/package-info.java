/**
 * Encoders: from the features of a data set to the spike train that enters a network. {@link
 * org.dl4jsnn.encode.PoissonEncoder} draws spikes at rates given by pixels; {@link
 * org.dl4jsnn.encode.DirectEncoder} takes pixels as constant currents; {@link
 * org.dl4jsnn.encode.FrameEncoder} takes features that already have a time axis.
 */
package org.dl4jsnn.encode;
