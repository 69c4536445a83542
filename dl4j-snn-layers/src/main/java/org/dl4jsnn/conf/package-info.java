/**
 * Spiking layers for Deeplearning4j's configuration builders. {@link
 * org.dl4jsnn.conf.SpikeEncoding} comes first and sets the number of time steps T; spiking layers
 * follow; stock layers (usually an output layer) read the firing rates of the last one, or, through
 * a {@link org.dl4jsnn.conf.LeakyReadOut}, the time of its spikes. In graphs, {@link
 * org.dl4jsnn.conf.SpikingAdd} and {@link org.dl4jsnn.conf.SpikingConcatenate} join branches.
 */
package org.dl4jsnn.conf;
