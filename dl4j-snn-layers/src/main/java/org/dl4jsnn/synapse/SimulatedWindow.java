package org.dl4jsnn.synapse;

import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A layer's simulation of one minibatch over the window.
 *
 * @param synapse the synapses
 * @param neuron the dynamics of the neurons
 * @param input the spikes that arrived
 * @param output the spikes that the neurons fired
 */
public record SimulatedWindow(
    Synapse synapse, SpikingNeuron neuron, SpikeTrain input, SpikeTrain output) {}
