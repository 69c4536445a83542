/**
 * Internal: a layer of spiking neurons over a whole time window, on plain arrays. Shared by the
 * engines of the layers and by the runtime, so it depends on neither ND4J nor Deeplearning4j.
 *
 * <pre>
 *                          ┌ changing spikes ────► kernels, or ReferenceSimulation  ┐
 *  input train ─► HostLayer┤                                                        ├─► SimulatedMinibatch
 *                          └ a constant current ─► HeldKernels, or ConstantCurrents ┘     ─► SimulationResult
 *
 *  trains without neurons: StepwiseMaximum · GatedMaximum · MergedSpikeTrains · SpikeDelays
 *  membranes without firing: LeakyIntegrators
 * </pre>
 *
 * Samples are independent and run in parallel; within a sample the order of all additions is fixed,
 * so results do not depend on the number of threads.
 */
package org.dl4jsnn.internal.host;
