/**
 * Looks at networks while they run. {@link org.dl4jsnn.monitor.FiringRates} measures how much each
 * spiking layer fires; {@link org.dl4jsnn.monitor.FiringRateListener} does so during training, and
 * warns of layers that fall silent or fire at every step. More, after every epoch, is reported by
 * {@link org.dl4jsnn.monitor.health.SpikeHealthListener}.
 *
 * <pre>
 * network, features -&gt; RecordedTrains -&gt; SpikeRaster: which neurons fire when
 *                                     -&gt; OutputOverTime: the answer after every step
 * network, features -&gt; SpikeProbe     -&gt; SpikeRecording: chosen layers, with their membranes
 * network, features -&gt; SynapticOperations: what the spikes cost
 * </pre>
 *
 * <p>A network is a MultiLayerNetwork or a ComputationGraph; in a graph, layers have the names of
 * their vertices and come in topological order. All of them observe: the network's own passes draw
 * the noise that they would have drawn anyway.
 */
package org.dl4jsnn.monitor;
