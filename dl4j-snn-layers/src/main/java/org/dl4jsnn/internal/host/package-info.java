/**
 * Internal: a layer of spiking neurons over a whole time window, on plain arrays. The library's
 * engines and the runtime's jar share it, so it knows neither ND4J nor Deeplearning4j.
 *
 * <pre>
 *                          ┌ spikes that change ─► kernels, or ReferenceSimulation ┐
 *  input train ─► HostLayer┤                                                       ├─► SimulatedMinibatch
 *                          └ a constant current ─► ConstantCurrents                ┘     ─► SimulationResult
 *
 *  trains without neurons: StepwiseMaximum · WindowSums · SummedTrains · ConcatenatedTrains · SpikeDelays
 *  membranes that do not fire: LeakyIntegrators
 * </pre>
 *
 * Samples are independent and run in parallel; within a sample the order of all additions is fixed,
 * so results do not depend on the number of threads.
 */
package org.dl4jsnn.internal.host;
