package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a layer of delays carries from call to call, in Deeplearning4j's form: {@code spikes}, the
 * last D steps of what arrived, the oldest first, [minibatch, D, n] or [minibatch, D, channels,
 * height, width], in double precision.
 */
final class DelayLineArrays {

  private static final String SPIKES = "spikes";
  private static final int AXES_OF_VECTORS = 3;
  private static final int AXES_OF_IMAGES = 5;

  private DelayLineArrays() {}

  static Map<String, INDArray> of(DelayLine line) {
    if (line.isEmpty()) {
      return Map.of();
    }
    long[] sample = line.spikes().shape().arrayShape(line.spikes().minibatch());
    long[] shape = new long[sample.length + 1];
    shape[0] = sample[0];
    shape[1] = line.steps();
    System.arraycopy(sample, 1, shape, 2, sample.length - 1);
    return Map.of(SPIKES, Nd4j.createFromArray(line.numbers()).reshape('c', shape));
  }

  /**
   * The line from arrays.
   *
   * @param longest D, the longest delay
   */
  static DelayLine line(Map<String, INDArray> arrays, int longest) {
    INDArray spikes = CarryingLayer.only(SPIKES, arrays);
    double[] numbers = spikes.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    return DelayLine.of(shape(spikes, longest), longest, longest, numbers);
  }

  private static FeatureShape shape(INDArray spikes, int longest) {
    long[] axes = spikes.shape();
    if (axes.length != AXES_OF_VECTORS && axes.length != AXES_OF_IMAGES || axes[1] != longest) {
      throw new IllegalArgumentException(
          SPIKES
              + " of a state must be [minibatch, D, n] or [minibatch, D, channels, height, width]"
              + " with D = "
              + longest
              + ", the longest delay, got "
              + Arrays.toString(axes));
    }
    return axes.length == AXES_OF_VECTORS
        ? FeatureShape.vector((int) axes[2])
        : FeatureShape.image((int) axes[2], (int) axes[3], (int) axes[4]);
  }
}
