package org.dl4jsnn.encode;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.spike.FeatureShape;

/** What encoders check about the features they are given. */
final class Features {

  private Features() {}

  /** The neurons of features without a time axis, one each. */
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
              + ". Possible cause: recorded events or frames need SpikeEncoding.frames()");
    }
    return FeatureShape.of(type);
  }

  /** Returns the features if all are finite. */
  static float[] finite(float[] features, int perSample) {
    for (int i = 0; i < features.length; i++) {
      if (!Float.isFinite(features[i])) {
        throw new IllegalArgumentException(
            "features must be finite, got "
                + features[i]
                + " in sample "
                + i / perSample
                + " at index "
                + i % perSample
                + ". Possible cause: a normaliser that divided by zero, or a damaged file");
      }
    }
    return features;
  }

  static boolean hasNegative(float[] features) {
    for (float feature : features) {
      if (feature < 0) {
        return true;
      }
    }
    return false;
  }
}
