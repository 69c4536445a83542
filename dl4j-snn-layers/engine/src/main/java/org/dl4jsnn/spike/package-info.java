/**
 * Spike trains: the spikes of one layer, one minibatch and one time window.
 *
 * <pre>
 *  SpikeTrain ┬ EventSpikeTrain      lists of events, of any amplitude
 *             └ ConstantSpikeTrain   the same amplitudes at every step
 *  SpikeEvents    the events of one sample and step
 *  FeatureShape   the shape of the neurons in one sample
 * </pre>
 */
package org.dl4jsnn.spike;
