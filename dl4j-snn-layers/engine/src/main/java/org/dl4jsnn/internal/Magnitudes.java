package org.dl4jsnn.internal;

/** The largest magnitude among numbers. */
public final class Magnitudes {

  private Magnitudes() {}

  /**
   * The largest magnitude.
   *
   * @return the largest |value|, 0 for no values; NaN if one is NaN, otherwise infinite if one is
   */
  public static float largest(float[] values) {
    return largest(values, 0, values.length);
  }

  /**
   * The largest magnitude of a part.
   *
   * @param first index of the first one
   * @return as {@link #largest(float[])}
   */
  public static float largest(float[] values, int first, int count) {
    float largest = 0;
    for (int i = first; i < first + count; i++) {
      // This form is vectorised, and Math.max keeps NaN.
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
