/**
 * Internal: a layer's synapses on plain arrays, with their current weights, for event-driven
 * simulations. Depends on neither ND4J nor Deeplearning4j.
 *
 * <pre>
 *  HostSynapse ┬► WeightedHostSynapse: kernels that gather, ScatterCharge
 *              ├► DepthwiseHostSynapse: its own charge
 *              └► AverageHostSynapse:   BitmapAverage, or its own charge
 * </pre>
 */
package org.dl4jsnn.internal.synapse;
