/**
 * Internal: Deeplearning4j's view of spiking layers: the only package that implements its Layer
 * interface.
 *
 * <pre>
 *  activation below ─► IncomingTrain ─► Engines ─► rates + train ─► activation above
 *  epsilon below ◄── SimulatedPass ◄── BackpropRule ◄── epsilon above
 *  inbox below   ◄── CollectedInputGradient            ◄── inbox above, for rules that see time
 * </pre>
 */
package org.dl4jsnn.internal.layer;
