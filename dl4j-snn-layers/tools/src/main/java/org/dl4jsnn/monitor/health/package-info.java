/**
 * Monitors the health of spiking layers in training and reports it after every epoch.
 *
 * <pre>
 * training -&gt; SpikeHealthListener -&gt; LayerWatch, one per layer -&gt; LayerWarnings: begun, ended
 *                                 -&gt; EpochHealth -&gt; HealthSink: log, CSV, page, UI
 * </pre>
 */
package org.dl4jsnn.monitor.health;
