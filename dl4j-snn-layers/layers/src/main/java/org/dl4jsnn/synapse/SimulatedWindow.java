package org.dl4jsnn.synapse;

import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A layer's simulation of one minibatch over a window, or over a piece of it.
 *
 * @param synapse the synapses
 * @param recurrence the synapses from the layer to itself
 * @param neuron the dynamics of the neurons
 * @param start the state before the first step
 * @param input the spikes that arrived
 * @param output the spikes that the neurons fired
 */
public record SimulatedWindow(
    Synapse synapse,
    Recurrence recurrence,
    NeuronDynamics neuron,
    NeuronState start,
    SpikeTrain input,
    SpikeTrain output) {

  /**
   * Creates the simulation of a whole window of a layer without recurrence.
   *
   * @param synapse the synapses
   * @param neuron the dynamics of the neurons
   * @param input the spikes that arrived
   * @param output the spikes that the neurons fired
   */
  public SimulatedWindow(
      Synapse synapse, NeuronDynamics neuron, SpikeTrain input, SpikeTrain output) {
    this(synapse, Recurrence.NONE, neuron, NeuronState.atRest(), input, output);
  }
}
