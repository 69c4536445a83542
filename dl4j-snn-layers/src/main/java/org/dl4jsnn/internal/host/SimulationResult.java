package org.dl4jsnn.internal.host;

import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * What a simulation gives.
 *
 * @param spikes the layer's spikes
 * @param end the state of its neurons after the last step; null where it was not asked for
 * @param flow the accumulated flow; null where it was not asked for, or where it takes the synapses
 *     to tell
 */
public record SimulationResult(SpikeTrain spikes, NeuronState end, RecordedFlow flow) {}
