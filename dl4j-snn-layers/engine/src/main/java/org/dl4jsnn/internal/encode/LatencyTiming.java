package org.dl4jsnn.internal.encode;

/**
 * How the strength of a feature becomes the time of its spike (equations 45 and 46 of
 * docs/mathematics.md); model files hold the ordinals.
 */
public enum LatencyTiming {
  /** The time falls linearly with strength: 1 − v. */
  LINEAR {
    @Override
    double delay(double strength, double threshold, double timeConstants) {
      return 1 - strength;
    }
  },

  /** The time at which a leaky membrane with constant current v reaches the threshold. */
  LOGARITHMIC {
    @Override
    double delay(double strength, double threshold, double timeConstants) {
      double afterStrongest = strength * (1 - threshold) / (strength - threshold);
      return Math.log(afterStrongest) / timeConstants;
    }
  };

  /**
   * When a feature fires.
   *
   * @param strength v, above the threshold and at most 1
   * @return the time as a share of the span, 0 for the strongest; the spike is lost above 1
   */
  abstract double delay(double strength, double threshold, double timeConstants);
}
