/**
 * Spiking layers for Deeplearning4j's configuration builders. {@link
 * org.dl4jsnn.conf.SpikeEncoding} comes first and sets the number of time steps T; spiking layers
 * follow; stock layers (usually an output layer) read the firing rates of the last spiking layer,
 * or the timing of its spikes through a {@link org.dl4jsnn.conf.LeakyReadOut}. In graphs, {@link
 * org.dl4jsnn.conf.SpikingAdd}, {@link org.dl4jsnn.conf.SpikingAnd}, {@link
 * org.dl4jsnn.conf.SpikingAndNot} and {@link org.dl4jsnn.conf.SpikingConcatenate} join branches.
 */
package org.dl4jsnn.conf;
