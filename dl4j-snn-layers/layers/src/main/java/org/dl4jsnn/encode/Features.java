package org.dl4jsnn.encode;

import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of the features that encoders are given. */
final class Features {

  /** A largest feature this far above the limit means that the scale is wrong. */
  private static final int MOST_OVERSHOOT = 2;

  private Features() {}

  /** The neurons of features without a time axis, one per feature. */
  static FeatureShape withoutTime(InputType type) {
    if (type instanceof InputType.InputTypeConvolutionalFlat flat) {
      return FeatureShape.image(
          (int) flat.getDepth(), (int) flat.getHeight(), (int) flat.getWidth());
    }
    if (type instanceof InputType.InputTypeRecurrent
        || type instanceof InputType.InputTypeConvolutional3D) {
      throw new IllegalArgumentException(
          "features must not have a time axis, got "
              + type
              + ". Possible cause: recorded events or frames need SpikeEncoding.frames(). After a"
              + " GlobalPoolingLayer, whose type Deeplearning4j M2.1 reports with a time axis, leave"
              + " setInputType out");
    }
    return FeatureShapes.of(type);
  }

  /**
   * Warns if most features drive neurons far beyond one spike per step.
   *
   * @param features the features
   * @param gain what they are multiplied by
   * @param limit the product of gain and feature above which a feature is too large
   */
  static Optional<String> tooLarge(INDArray features, double gain, double limit) {
    return tooLarge(features, gain, limit, "neurons with thresholds near 1 fire at every step");
  }

  /**
   * Warns if most features are far larger than the code expects.
   *
   * @param features the features
   * @param gain what they are multiplied by
   * @param limit the product of gain and feature above which a feature is too large
   * @param consequence what happens then, a clause
   */
  static Optional<String> tooLarge(
      INDArray features, double gain, double limit, String consequence) {
    float[] x = HostArrays.floats(features);
    int present = 0;
    int large = 0;
    float largest = 0;
    for (float feature : x) {
      float size = Math.abs(feature);
      present += size > 0 ? 1 : 0;
      large += gain * size > limit ? 1 : 0;
      largest = Math.max(largest, size);
    }
    if (large <= present / 2 || gain * largest < MOST_OVERSHOOT * limit) {
      return Optional.empty();
    }
    return Optional.of(
        "gain · |feature| should be at most "
            + limit
            + ", got more for "
            + large
            + " of "
            + present
            + " features that are not zero, of which the largest is "
            + largest
            + ", so that "
            + consequence
            + ". Possible cause: pixels of 0 to 255. Scale the features, e.g. iterator.setPreProcessor(new"
            + " ImagePreProcessingScaler(0, 1)), or lower the encoding's gain");
  }
}
