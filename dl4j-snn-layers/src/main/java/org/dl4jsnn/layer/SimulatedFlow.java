package org.dl4jsnn.layer;

import java.util.Map;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.HostArrays;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a layer keeps of a simulated window: two numbers a neuron, whatever T is.
 *
 * <p>The accumulated input current is not summed up in the simulation. Since synapses are linear it
 * is the synapses' map of the accumulated input spikes, one dense operation a window.
 */
record SimulatedFlow(
    FeatureShape inputShape,
    FeatureShape shape,
    int minibatch,
    int steps,
    float[] in,
    float[] out) {

  static SimulatedFlow of(SpikeTrain input, SpikeTrain output) {
    return new SimulatedFlow(
        input.shape(),
        output.shape(),
        output.minibatch(),
        output.steps(),
        input.totals(),
        output.totals());
  }

  /** The accumulated flow, in arrays outside of all workspaces, which the caller may close. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  AccumulatedFlow flow(BaseSpikingLayer layer, Map<String, INDArray> parameters, DataType type) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray current = Nd4j.createUninitialized(type, shape.arrayShape(minibatch), 'c');
      INDArray spikesIn = array(in, inputShape, type);
      Synapse synapse = layer.synapse(inputShape, parameters);
      synapse.current(spikesIn, steps, current);
      spikesIn.close();
      return new AccumulatedFlow(current, array(out, shape, type), steps);
    }
  }

  private INDArray array(float[] values, FeatureShape features, DataType type) {
    INDArray array = Nd4j.createUninitialized(type, features.arrayShape(minibatch), 'c');
    HostArrays.copy(values, array);
    return array;
  }
}
