package org.dl4jsnn.internal.layer;

import java.util.function.Function;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  /** [minibatch, …] of the layer. */
  long[] outputShape() {
    return shape.arrayShape(minibatch);
  }

  /**
   * The accumulated flow.
   *
   * @param currents how spikes become currents
   * @param newArray makes an array of a shape, in order c
   */
  AccumulatedFlow flow(InputCurrents currents, Function<long[], INDArray> newArray) {
    INDArray current = newArray.apply(shape.arrayShape(minibatch));
    currents.accumulate(() -> array(in, inputShape, newArray), steps, current);
    return new AccumulatedFlow(current, array(out, shape, newArray), steps);
  }

  private INDArray array(
      float[] values, FeatureShape features, Function<long[], INDArray> newArray) {
    INDArray array = newArray.apply(features.arrayShape(minibatch));
    HostArrays.copy(values, array);
    return array;
  }
}
