/**
 * Internal: what layers hand one another in addition to Deeplearning4j's arrays.
 *
 * <pre>
 *  layer below ── AttachedSpikeTrains: the spikes, with the activation ──► layer above
 *  layer below ◄── GradientInbox: their SpikeGradient in time ────── layer above
 * </pre>
 */
package org.dl4jsnn.internal.handover;
