/**
 * What a neuron is: charge, fire, reset, leak (equations 2 to 5 of docs/mathematics.md), said once.
 *
 * <pre>
 *  NeuronDynamics      state variables, parameters, when it fires, what a step leaves behind
 *   └ DifferentiableDynamics   its local derivatives (LocalDerivatives), for rules in time
 *      ├ SpikingNeuron         (leaky) integrate-and-fire, with its Reset
 *      ├ SynapticNeuron, AdaptiveNeuron, RefractoryNeuron      the same with one thing more
 *      └ IntegerNeuron         the same in whole numbers, as chips have it
 *  NeuronParameter     a number of a neuron, fixed or learned within bounds
 *  Neurons             a layer's neurons in one sample, as the definition sees them
 *  NeuronState         what a simulation begins with and leaves behind, as a value
 * </pre>
 */
package org.dl4jsnn.neuron;
