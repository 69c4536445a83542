package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;

/** Activation functions as stages. */
final class Activations {

  private static final double SIX = 6;

  private Activations() {}

  /**
   * The function applied to a stage; a function that neurons cannot represent is a {@link
   * Stage.Function}.
   */
  static Stage of(String name, Stage input, IActivation activation) {
    if (activation instanceof ActivationIdentity) {
      return input;
    }
    if (activation instanceof ActivationReLU6) {
      return rectified(name, input, SIX);
    }
    if (activation instanceof ActivationReLU relu
        && isZero(relu.getThreshold())
        && isZero(relu.getNegativeSlope())
        && (relu.getMax() == null || relu.getMax() > 0)) {
      return rectified(
          name, input, relu.getMax() == null ? Double.POSITIVE_INFINITY : relu.getMax());
    }
    return new Stage.Function(name, input, activation);
  }

  /** Rectification commutes with the maximum. */
  private static Stage rectified(String name, Stage input, double cap) {
    if (input instanceof Stage.Pooling pooling
        && pooling.type() == PoolingType.MAX
        && !(pooling.input() instanceof Stage.Features)
        && !pooling.input().isNonnegative()) {
      return new Stage.Pooling(
          name,
          new Stage.Rectifier(pooling.input().name(), pooling.input(), cap),
          pooling.type(),
          pooling.rows(),
          pooling.columns());
    }
    return new Stage.Rectifier(name, input, cap);
  }

  /** A function as messages name it; Deeplearning4j's name of ReLU says nothing of its settings. */
  static String described(IActivation activation) {
    if (!(activation instanceof ActivationReLU relu)) {
      return activation.toString();
    }
    List<String> settings = new ArrayList<>();
    if (!isZero(relu.getNegativeSlope())) {
      settings.add("negativeSlope " + relu.getNegativeSlope() + ", which must be 0");
    }
    if (!isZero(relu.getThreshold())) {
      settings.add("threshold " + relu.getThreshold() + ", which must be 0");
    }
    if (relu.getMax() != null && relu.getMax() <= 0) {
      settings.add("max " + relu.getMax() + ", which must be above 0");
    }
    return settings.isEmpty() ? relu.toString() : relu + " (" + String.join("; ", settings) + ")";
  }

  private static boolean isZero(Double value) {
    return value == null || value == 0;
  }
}
