package org.dl4jsnn.internal.layer;

import java.util.Map;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a layer of gated pooling carries from call to call, in Deeplearning4j's form: {@code flow},
 * the accumulated amplitudes of its inputs, [minibatch, channels, height, width], in double
 * precision.
 */
final class FlowArrays {

  private static final String FLOW = "flow";
  private static final int AXES = 4;

  private FlowArrays() {}

  static Map<String, INDArray> of(RunningFlow flow) {
    if (flow.isAtStart()) {
      return Map.of();
    }
    long[] shape = flow.shape().arrayShape(flow.minibatch());
    return Map.of(FLOW, Nd4j.createFromArray(flow.inOrderOfArrays()).reshape('c', shape));
  }

  /** The flow from arrays. */
  static RunningFlow flow(Map<String, INDArray> arrays) {
    INDArray flow = CarryingLayer.only(FLOW, arrays);
    if (flow.rank() != AXES) {
      throw new IllegalArgumentException(
          "flow of a state must be [minibatch, channels, height, width], got "
              + flow.rank()
              + " axes");
    }
    return flow(FeatureShapes.ofSamples(flow), flow);
  }

  private static RunningFlow flow(FeatureShape shape, INDArray array) {
    double[] numbers = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[][] sums = new double[Math.toIntExact(array.size(0))][shape.neurons()];
    for (int sample = 0; sample < sums.length; sample++) {
      for (int i = 0; i < shape.neurons(); i++) {
        sums[sample][i] = numbers[sample * shape.neurons() + shape.arrayIndex(i)];
      }
    }
    return RunningFlow.of(shape, sums);
  }
}
