package org.dl4jsnn.nir.network;

/**
 * A time constant in single precision and an input factor with which Euler's step keeps a given
 * share and charges by the unscaled weight (equation 67 of docs/mathematics.md).
 *
 * @param tau τ, s
 * @param gain r, or w_in
 */
record TimeConstant(float tau, float gain) {

  /** The number of single-precision neighbours to try. */
  private static final int TRIED = 8;

  /** An error in the share grows from step to step. */
  private static final double SHARE_FIRST = 1000;

  /**
   * The time constant for which 1 − dt/τ is the share, exactly for shares of at least 0.5, and the
   * factor for which r · dt/τ is 1 or its neighbour in single precision.
   *
   * @param kept the share kept per step, at least 0 and below 1
   */
  static TimeConstant of(double kept, double timeStep) {
    float share = (float) kept;
    float middle = (float) (timeStep / (1 - (double) share));
    TimeConstant nearest = null;
    for (int i = 0; i <= 2 * TRIED; i++) {
      float tau = neighbour(middle, i);
      for (int j = 0; j <= 2 * TRIED; j++) {
        TimeConstant tried = new TimeConstant(tau, neighbour((float) (tau / timeStep), j));
        if (nearest == null
            || tried.distance(share, timeStep) < nearest.distance(share, timeStep)) {
          nearest = tried;
        }
      }
    }
    return nearest;
  }

  /** The number itself, one above, one below, two above, and so on. */
  private static float neighbour(float number, int i) {
    float found = number;
    for (int k = 0; k < (i + 1) / 2; k++) {
      found = i % 2 == 1 ? Math.nextUp(found) : Math.nextDown(found);
    }
    return found;
  }

  /**
   * 0 if share and factor are exact, the share also for readers that divide in single precision.
   */
  private double distance(float share, double timeStep) {
    float kept = (float) (1 - timeStep / tau);
    float keptInSingle = 1 - (float) timeStep / tau;
    float charge = (float) (gain * timeStep / tau);
    double ofShare = Math.abs((double) kept - share) + Math.abs((double) keptInSingle - share);
    return SHARE_FIRST * ofShare + Math.abs((double) charge - 1);
  }
}
