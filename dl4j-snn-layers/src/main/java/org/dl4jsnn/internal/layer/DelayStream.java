package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state that a layer of delays carries from call to call, in Deeplearning4j's form: {@code
 * spikes}, the last D steps of the input, the oldest first, [minibatch, D, n] or [minibatch, D,
 * channels, height, width], in double precision.
 */
final class DelayStream {

  private static final String SPIKES = "spikes";
  private static final int AXES_OF_VECTORS = 3;
  private static final int AXES_OF_PICTURES = 5;

  private final Supplier<String> name;
  private final int longest;
  private final CarriedState<DelayLine> carried = new CarriedState<>(DelayLine.empty());

  /**
   * Creates a stream that has not begun.
   *
   * @param name the layer's name in messages
   * @param longest D, the longest delay
   */
  DelayStream(Supplier<String> name, int longest) {
    this.name = name;
    this.longest = longest;
  }

  /** The state before the next piece. */
  DelayLine now() {
    return carried.now();
  }

  /** Sets the line from which the next piece continues. */
  void goOnWith(DelayLine line) {
    carried.goOnWith(line);
  }

  /** Leaves the line after a piece of training; it takes effect only once it is set. */
  void leave(DelayLine line) {
    carried.leave(line);
  }

  Map<String, INDArray> arrays() {
    return arrays(carried.now());
  }

  Map<String, INDArray> arraysAfterPiece() {
    return arrays(carried.afterPiece());
  }

  /** Sets the state; an empty map or null means the state before the first step. */
  void set(Map<String, INDArray> arrays) {
    carried.goOnWith(line(arrays));
  }

  void setAfterPiece(Map<String, INDArray> arrays) {
    carried.leave(line(arrays));
  }

  void clear() {
    carried.clear();
  }

  private static Map<String, INDArray> arrays(DelayLine line) {
    if (line.isEmpty()) {
      return Map.of();
    }
    long[] sample = line.spikes().shape().arrayShape(line.spikes().minibatch());
    long[] shape = new long[sample.length + 1];
    shape[0] = sample[0];
    shape[1] = line.spikes().steps();
    System.arraycopy(sample, 1, shape, 2, sample.length - 1);
    return Map.of(SPIKES, Nd4j.createFromArray(line.numbers()).reshape('c', shape));
  }

  private DelayLine line(Map<String, INDArray> arrays) {
    if (arrays == null || arrays.isEmpty()) {
      return DelayLine.empty();
    }
    try {
      INDArray spikes = arrays.get(SPIKES);
      if (arrays.size() != 1 || spikes == null) {
        throw new IllegalArgumentException(
            "state must have the variable " + SPIKES + ", got " + arrays.keySet());
      }
      return DelayLine.of(
          shape(spikes), longest, spikes.castTo(DataType.DOUBLE).dup('c').data().asDouble());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name.get() + ": " + e.getMessage(), e);
    }
  }

  private FeatureShape shape(INDArray spikes) {
    long[] axes = spikes.shape();
    if (axes.length != AXES_OF_VECTORS && axes.length != AXES_OF_PICTURES || axes[1] != longest) {
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
