package org.dl4jsnn.internal.encode;

import org.dl4jsnn.internal.Magnitudes;

/** Checks of features for encoders. */
public final class HostFeatures {

  private HostFeatures() {}

  /**
   * Checks that features are finite. Throws an IllegalArgumentException if one is infinite or NaN.
   */
  public static float[] finite(float[] features, int perSample) {
    if (Float.isFinite(Magnitudes.largest(features))) {
      return features;
    }
    for (int i = 0; i < features.length; i++) {
      if (!Float.isFinite(features[i])) {
        throw new IllegalArgumentException(
            "features must be finite, got "
                + features[i]
                + " in sample "
                + i / perSample
                + " at index "
                + i % perSample
                + ". Possible cause: a normaliser divided by zero, or a damaged file");
      }
    }
    return features;
  }

  /**
   * Whether a feature is negative.
   *
   * @param features of all samples; no NaN
   */
  public static boolean hasNegative(float[] features) {
    float least = 0;
    for (float feature : features) {
      // This form is vectorised.
      least = Math.min(least, feature);
    }
    return least < 0;
  }
}
