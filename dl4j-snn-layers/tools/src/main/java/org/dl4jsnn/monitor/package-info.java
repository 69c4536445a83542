/**
 * Observes networks while they run. {@link org.dl4jsnn.monitor.FiringRates} measures the firing
 * rate of each spiking layer; {@link org.dl4jsnn.monitor.health.FiringRateListener} does so during
 * training, and warns of layers that fall silent or fire at every step. {@link
 * org.dl4jsnn.monitor.health.SpikeHealthListener} reports more after every epoch.
 *
 * <pre>
 * network, features -&gt; RecordedTrains -&gt; SpikeRaster: which neurons fire when
 *                                     -&gt; OutputOverTime: the answer after every step
 * network, features -&gt; SpikeProbe     -&gt; SpikeRecording: chosen layers, with their membranes
 * network, features -&gt; SynapticOperations: what the spikes cost
 * </pre>
 *
 * <p>A network is a MultiLayerNetwork or a ComputationGraph; in a graph, layers have the names of
 * their vertices and come in topological order. These classes only observe: the network's own
 * passes draw the same noise as without them.
 */
package org.dl4jsnn.monitor;
