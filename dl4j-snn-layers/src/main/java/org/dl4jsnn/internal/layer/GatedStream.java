package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Supplier;
import org.dl4jsnn.internal.host.FlowSoFar;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.FeatureShapes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state that a layer of gated pooling carries from call to call, in Deeplearning4j's form:
 * {@code flow}, the accumulated amplitudes of its inputs, [minibatch, channels, height, width], in
 * double precision.
 */
final class GatedStream {

  private static final String FLOW = "flow";
  private static final int AXES = 4;

  private final Supplier<String> name;
  private final CarriedState<FlowSoFar> carried = new CarriedState<>(FlowSoFar.atStart());

  /**
   * Creates a stream that has not begun.
   *
   * @param name the layer's name in messages
   */
  GatedStream(Supplier<String> name) {
    this.name = name;
  }

  /** The state before the next piece. */
  FlowSoFar now() {
    return carried.now();
  }

  /** Sets the flow from which the next piece continues. */
  void goOnWith(FlowSoFar flow) {
    carried.goOnWith(flow);
  }

  /** Leaves the flow after a piece of training; it takes effect only once it is set. */
  void leave(FlowSoFar flow) {
    carried.leave(flow);
  }

  Map<String, INDArray> arrays() {
    return arrays(carried.now());
  }

  Map<String, INDArray> arraysAfterPiece() {
    return arrays(carried.afterPiece());
  }

  /** Sets the state; an empty map or null means the state before the first step. */
  void set(Map<String, INDArray> arrays) {
    carried.goOnWith(flow(arrays));
  }

  void setAfterPiece(Map<String, INDArray> arrays) {
    carried.leave(flow(arrays));
  }

  void clear() {
    carried.clear();
  }

  private static Map<String, INDArray> arrays(FlowSoFar flow) {
    if (flow.isAtStart()) {
      return Map.of();
    }
    long[] shape = flow.shape().arrayShape(flow.minibatch());
    return Map.of(FLOW, Nd4j.createFromArray(flow.inOrderOfArrays()).reshape('c', shape));
  }

  private FlowSoFar flow(Map<String, INDArray> arrays) {
    if (arrays == null || arrays.isEmpty()) {
      return FlowSoFar.atStart();
    }
    INDArray flow = arrays.get(FLOW);
    if (arrays.size() != 1 || flow == null) {
      throw new IllegalArgumentException(
          name.get() + ": state must have the variable " + FLOW + ", got " + arrays.keySet());
    }
    if (flow.rank() != AXES) {
      throw new IllegalArgumentException(
          name.get()
              + ": flow of a state must be [minibatch, channels, height, width], got "
              + flow.rank()
              + " axes");
    }
    try {
      return flow(FeatureShapes.ofSamples(flow), flow);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name.get() + ": " + e.getMessage(), e);
    }
  }

  private static FlowSoFar flow(FeatureShape shape, INDArray array) {
    double[] numbers = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[][] sums = new double[Math.toIntExact(array.size(0))][shape.neurons()];
    for (int sample = 0; sample < sums.length; sample++) {
      for (int i = 0; i < shape.neurons(); i++) {
        sums[sample][i] = numbers[sample * shape.neurons() + shape.arrayIndex(i)];
      }
    }
    return FlowSoFar.of(shape, sums);
  }
}
