/**
 * What every neuron, encoder, synapse and gradient rule must keep, as test classes that authors of
 * their own ones extend: in the test scope, with JUnit 5.
 *
 * <pre>
 *  class MyNeuronTest extends NeuronDynamicsContract {
 *    protected List&lt;DifferentiableDynamics&gt; neurons() { … }      the neurons to try
 *  }
 * </pre>
 *
 * <p>The library's own ones are tested by the same classes. Beside them: {@link
 * org.dl4jsnn.contract.Spikes} and {@link org.dl4jsnn.contract.Frames} spell out and draw spike
 * trains, {@link org.dl4jsnn.contract.SeparatePool} runs code on a number of threads.
 */
package org.dl4jsnn.contract;
