/**
 * Internal: the simulation of one layer over a whole time window, for a minibatch.
 *
 * <pre>
 *  input train ─► Engines ┬► EventDrivenEngine: HostSynapses ─► HostLayer ─► output train
 *                         ├► ConstantCurrentEngine: HostSynapses ─► HostLayer ─► the same
 *                         └► DenseEngine: DenseFrames ─► ND4J operations ─► SpikePacker ─► the same
 * </pre>
 *
 * Samples are independent and run in parallel; within a sample the order of all additions is fixed,
 * so results do not depend on the number of threads.
 */
package org.dl4jsnn.internal.simulate;
