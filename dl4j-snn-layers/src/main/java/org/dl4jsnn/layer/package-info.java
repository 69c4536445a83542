/**
 * Deeplearning4j's view of spiking layers: the only package that implements its Layer interface.
 *
 * <pre>
 *  activation below ─► IncomingTrain ─► EventDrivenEngine ─► rates + train ─► activation above
 *  epsilon below ◄── SimulatedPass.propagate ◄── BackpropRule ◄── epsilon above
 * </pre>
 */
package org.dl4jsnn.layer;
