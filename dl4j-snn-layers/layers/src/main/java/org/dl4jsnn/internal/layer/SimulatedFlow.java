package org.dl4jsnn.internal.layer;

import java.util.function.Function;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.host.RecordedFlow;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer keeps of a simulated window: two numbers per neuron for any T.
 *
 * <p>Since synapses are linear, they map accumulated input spikes to the accumulated input current,
 * with one dense operation per window. For rules that need less, the simulation records it at
 * almost no cost.
 *
 * @param inputShape the shape of the input
 * @param shape the shape of the neurons
 * @param minibatch number of samples
 * @param steps T
 * @param in spikes of every input
 * @param out spikes of every neuron
 * @param recorded the recorded flow; null if nothing was recorded
 */
record SimulatedFlow(
    FeatureShape inputShape,
    FeatureShape shape,
    int minibatch,
    int steps,
    AccumulatedSpikes in,
    AccumulatedSpikes out,
    RecordedFlow recorded) {

  static SimulatedFlow of(SpikeTrain input, SpikeTrain output, RecordedFlow recorded) {
    return new SimulatedFlow(
        input.shape(),
        output.shape(),
        output.minibatch(),
        output.steps(),
        AccumulatedSpikes.of(input),
        AccumulatedSpikes.of(output),
        recorded);
  }

  /** The layer's array shape, [minibatch, …]. */
  long[] outputShape() {
    return shape.arrayShape(minibatch);
  }

  /**
   * The accumulated flow.
   *
   * @param currents how spikes become currents
   * @param newArray makes an array of a shape, in C order
   */
  AccumulatedFlow flow(InputCurrents currents, Function<long[], INDArray> newArray) {
    INDArray current = newArray.apply(shape.arrayShape(minibatch));
    currents.accumulate(() -> array(in, newArray), steps, current);
    return new AccumulatedFlow(current, array(out, newArray), steps);
  }

  private static INDArray array(AccumulatedSpikes spikes, Function<long[], INDArray> newArray) {
    INDArray array = newArray.apply(spikes.shape().arrayShape(spikes.minibatch()));
    spikes.write(array);
    return array;
  }
}
