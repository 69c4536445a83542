package org.dl4jsnn.internal;

import org.dl4jsnn.internal.parallel.ParallelSamples;

/** The largest magnitude among numbers. */
public final class Magnitudes {

  /** Values that one thread compares at a time; fewer are not worth a second thread. */
  private static final int COMPARED_AT_ONCE = 1 << 18;

  private Magnitudes() {}

  /**
   * The largest magnitude.
   *
   * @param values any numbers
   * @return the largest |value|, 0 for no values; NaN if one is NaN, otherwise infinite if one is
   */
  public static float largest(float[] values) {
    int runs = (values.length + COMPARED_AT_ONCE - 1) / COMPARED_AT_ONCE;
    float[] largest = new float[runs];
    ParallelSamples.run(
        runs,
        () ->
            run -> {
              int first = run * COMPARED_AT_ONCE;
              int end = Math.min(values.length, first + COMPARED_AT_ONCE);
              largest[run] = largest(values, first, end);
            });
    return largest(largest, 0, runs);
  }

  private static float largest(float[] values, int first, int end) {
    float largest = 0;
    for (int i = first; i < end; i++) {
      // This form is vectorised, and Math.max keeps NaN.
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
