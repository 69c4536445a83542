/**
 * What a network does with one sample while it is trained: spikes, firing rates and the decision,
 * updated every few minibatches.
 *
 * <pre>
 * LiveSpikesListener -&gt; LiveSpikes -&gt; SpikingRouter of org.dl4jsnn.monitor.health.ui
 * </pre>
 */
package org.dl4jsnn.monitor.live;
