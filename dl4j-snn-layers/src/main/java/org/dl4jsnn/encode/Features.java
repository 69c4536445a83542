package org.dl4jsnn.encode;

/** What encoders check about the features they are given. */
final class Features {

  private Features() {}

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
