/**
 * Internal: a layer's synapses on the host, with their weights of the moment, for the simulations
 * that go spike by spike.
 *
 * <pre>
 *  Synapse ─► HostSynapse ┬► WeightedHostSynapse: kernels that gather, ScatterCharge
 *                         ├► AverageHostSynapse:  BitmapAverage, AverageCharge
 *                         └► CustomHostSynapse:    charges of its own, or DenseCharge
 * </pre>
 */
package org.dl4jsnn.internal.synapse;
