/**
 * The simulation of one layer over a whole time window.
 *
 * <pre>
 *  input train ─► SpikeEvents of a step ─► ChargeKernel ─► membrane ─► FireKernel ─► output train
 *                 (synapse: adds the weights of every event)    (neuron: fire, reset, leak)
 * </pre>
 *
 * Samples are independent and run in parallel; within a sample the order of all additions is fixed,
 * so results do not depend on the number of threads.
 */
package org.dl4jsnn.simulate;
