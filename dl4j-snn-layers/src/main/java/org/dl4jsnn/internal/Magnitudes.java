package org.dl4jsnn.internal;

/** The largest magnitude among numbers. */
public final class Magnitudes {

  private Magnitudes() {}

  /**
   * The largest magnitude.
   *
   * @param values any numbers
   * @return the largest |value|, 0 for no values; NaN if one is NaN, otherwise infinite if one is
   */
  public static float largest(float[] values) {
    float largest = 0;
    for (int i = 0; i < values.length; i++) {
      // This form is vectorised, and Math.max keeps NaN.
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
