package org.dl4jsnn.internal;

/** Refuses accumulated flow that overflows single precision. */
public final class FiniteFlow {

  private FiniteFlow() {}

  /**
   * Checks the sums of amplitudes over a window.
   *
   * @param totals minibatch · neurons sums
   * @param cause the likely cause of sums that are too large
   * @throws IllegalArgumentException if a sum is infinite or NaN
   */
  public static float[] require(float[] totals, int neurons, String cause) {
    if (Float.isFinite(Magnitudes.largest(totals))) {
      return totals;
    }
    int first = 0;
    while (Float.isFinite(totals[first])) {
      first++;
    }
    throw new IllegalArgumentException(
        "amplitudes summed over the window must be finite in single precision, got "
            + totals[first]
            + " in sample "
            + first / neurons
            + " at index "
            + first % neurons
            + ". Possible cause: "
            + cause);
  }
}
