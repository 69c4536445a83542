package org.dl4jsnn.synapse;

import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A layer's simulation of one minibatch over a window, or over a piece of one.
 *
 * @param synapse the synapses
 * @param neuron the dynamics of the neurons
 * @param start the state before the first step
 * @param input the spikes that arrived
 * @param output the spikes that the neurons fired
 */
public record SimulatedWindow(
    Synapse synapse,
    NeuronDynamics neuron,
    NeuronState start,
    SpikeTrain input,
    SpikeTrain output) {

  /**
   * The simulation of a whole window.
   *
   * @param synapse the synapses
   * @param neuron the dynamics of the neurons
   * @param input the spikes that arrived
   * @param output the spikes that the neurons fired
   */
  public SimulatedWindow(
      Synapse synapse, NeuronDynamics neuron, SpikeTrain input, SpikeTrain output) {
    this(synapse, neuron, NeuronState.atRest(), input, output);
  }
}
