/**
 * Spiking layers as a page of Deeplearning4j's UI, at /spiking: their health, epoch by epoch, and
 * their response to one sample, live.
 *
 * <pre>
 * SpikeHealthListener -+                   +-&gt; HealthUpdate -+
 *                      +-&gt; SpikingRouter -+                 +-&gt; StatsStorage -&gt; HealthModule: the page
 * LiveSpikesListener  -+                   +-&gt; LiveUpdate   -+
 * </pre>
 *
 * <p>Needs {@code deeplearning4j-ui} on the class path, which this library does not include. The UI
 * finds the page automatically.
 */
package org.dl4jsnn.monitor.health.ui;
