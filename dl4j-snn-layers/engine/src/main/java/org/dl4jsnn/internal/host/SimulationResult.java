package org.dl4jsnn.internal.host;

import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The result of a simulation.
 *
 * @param end the state of its neurons after the last step; null if not requested
 * @param flow the accumulated flow; null if not requested, or if it cannot be known without the
 *     synapses
 */
public record SimulationResult(SpikeTrain spikes, NeuronState end, RecordedFlow flow) {}
