/**
 * Internal: what layers hand one another beside Deeplearning4j's arrays.
 *
 * <pre>
 *  layer below ── AttachedSpikeTrains: the spikes, beside the activation ──► layer above
 *  layer below ◄── GradientInbox: their SpikeGradient in time ────── layer above
 * </pre>
 */
package org.dl4jsnn.internal.handover;
