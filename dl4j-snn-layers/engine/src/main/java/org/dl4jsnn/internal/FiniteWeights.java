package org.dl4jsnn.internal;

/** Refuses weights of a diverged training, which would only silence neurons. */
public final class FiniteWeights {

  private FiniteWeights() {}

  /**
   * The largest magnitude of a parameter's values.
   *
   * @param isHalf whether the network keeps it in half precision
   * @throws IllegalArgumentException if a value is not finite
   */
  public static float largest(String name, boolean isHalf, float[] values) {
    return require(name, isHalf, values, Magnitudes.largest(values));
  }

  /**
   * Checks a parameter's values.
   *
   * @param isHalf whether the network keeps it in half precision
   * @throws IllegalArgumentException if a value is not finite
   */
  public static float require(String name, boolean isHalf, float[] values, float largest) {
    if (!Float.isFinite(largest)) {
      throw notFinite(name, isHalf, firstNotFinite(values));
    }
    return largest;
  }

  /**
   * Checks a parameter's values in double precision.
   *
   * @param isHalf whether the network keeps it in half precision
   * @throws IllegalArgumentException if a value is not finite
   */
  public static double[] require(String name, boolean isHalf, double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw notFinite(name, isHalf, value);
      }
    }
    return values;
  }

  private static IllegalArgumentException notFinite(String name, boolean isHalf, double value) {
    return new IllegalArgumentException(
        "parameter "
            + name
            + " must be finite, got "
            + value
            + ". Possible cause, most likely first: "
            + (isHalf ? "half precision with an updater's default epsilon; " : "")
            + "a learning rate too high for the weights (lower it, or"
            + " let it rise slowly at first); gradients that grow from step to step"
            + " (SpatioTemporalBackprop.withAttachedReset(), or a surrogate narrower than the"
            + " threshold); features or labels that are not finite");
  }

  private static float firstNotFinite(float[] values) {
    int i = 0;
    while (Float.isFinite(values[i])) {
      i++;
    }
    return values[i];
  }
}
