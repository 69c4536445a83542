/**
 * Synapses: the linear map from the spikes of one layer to the currents of the next (equation 1 of
 * docs/mathematics.md), its adjoint for the backward pass, and the event-driven simulation of the
 * neurons after it.
 *
 * <p>The map of whole arrays runs on any ND4J backend; the simulation (package internal.kernel)
 * runs on plain Java arrays.
 */
package org.dl4jsnn.synapse;
