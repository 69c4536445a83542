/**
 * How programs run the neurons of a graph at a time step (equations 61 to 66 of
 * docs/mathematics.md), in the order of their arithmetic.
 *
 * <pre>
 *  input x ─► Charging: synapse (LinearStep) ─► membrane (LinearStep) ─► DialectNeuron: Firing, DialectReset
 *                                                                    └─► or the membrane itself: integrators
 * </pre>
 *
 * A neuron in a layer keeps the {@link org.dl4jsnn.nir.dialect.DialectNode} from which it was made.
 */
package org.dl4jsnn.nir.dialect;
