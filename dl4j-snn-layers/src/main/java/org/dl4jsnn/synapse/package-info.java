/**
 * Synapses: the linear map from the spikes of one layer to the currents of the next (equation 1 of
 * docs/mathematics.md), and its adjoint for the backward pass.
 *
 * <p>Each kind has two faces. {@link org.dl4jsnn.synapse.Synapse} maps whole arrays of accumulated
 * flow with ND4J operations, on any backend. {@link org.dl4jsnn.synapse.EventSynapse} adds the
 * current of single spikes to plain Java arrays, for the event-driven simulation.
 *
 * <pre>
 *  Synapse               EventSynapse
 *  DenseSynapse          DenseCharge
 *  ConvolutionSynapse    ConvolutionCharge, ConvolutionRuns
 *  AverageSynapse        AverageCharge
 * </pre>
 */
package org.dl4jsnn.synapse;
