/**
 * Neurons whose synaptic current and membrane are linear between spikes (equations 61 to 66 of
 * docs/mathematics.md), in a chosen order of arithmetic.
 *
 * <pre>
 *  input x ─► Charging: synapse (LinearStep) ─► membrane (LinearStep) ─► LinearNeuron: Firing, MembraneReset
 *                                                                    └─► or the membrane itself: integrators
 * </pre>
 *
 * The neurons of other programs are values of them.
 */
package org.dl4jsnn.neuron.linear;
