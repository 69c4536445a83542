/**
 * The neurons: charge, fire, reset, leak (equations 2 to 5 of docs/mathematics.md), defined in one
 * place.
 *
 * <pre>
 *  NeuronDynamics      state variables, parameters, when it fires, its state after a step
 *   └ DifferentiableDynamics   its local derivatives (LocalDerivatives), for rules in time
 *      ├ SpikingNeuron         (leaky) integrate-and-fire, with its Reset
 *      ├ SynapticNeuron, AdaptiveNeuron, AdLifNeuron, RefractoryNeuron    with more variables
 *      ├ linear.LinearNeuron   any order of computation, as in other programs
 *      └ IntegerNeuron, IntegerSynapticNeuron, IntegerAdaptiveNeuron, IntegerAdLifNeuron,
 *        IntegerRefractoryNeuron    in whole numbers, as on chips
 *  NeuronParameter     a number of a neuron, fixed or learned within bounds
 *  Neurons             a layer's neurons in one sample, as the definition sees them
 *  NeuronState         the state before and after a simulation, as a value
 * </pre>
 */
package org.dl4jsnn.neuron;
