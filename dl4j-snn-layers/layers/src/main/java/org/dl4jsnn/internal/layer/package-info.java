/**
 * Internal: spiking layers as Deeplearning4j sees them. The only package that implements its Layer
 * interface.
 *
 * <pre>
 *  activation below ─► IncomingTrain ─► Engines ─► rates + train ─► activation above
 *  epsilon below ◄── SimulatedPass ◄── BackpropRule ◄── epsilon above
 *  inbox below   ◄── CollectedInputGradient            ◄── inbox above, for rules in time
 * </pre>
 */
package org.dl4jsnn.internal.layer;
