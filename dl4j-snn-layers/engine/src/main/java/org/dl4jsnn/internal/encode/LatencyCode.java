package org.dl4jsnn.internal.encode;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;

/**
 * When features fire in latency coding (equations 45 and 46 of docs/mathematics.md).
 *
 * @param span S, in time steps
 * @param gain g
 * @param threshold θ
 * @param timeConstants n; used by the logarithmic timing
 */
public record LatencyCode(
    int span, LatencyTiming timing, double gain, double threshold, double timeConstants) {

  /** The step of a feature that never fires. */
  public static final int NEVER = -1;

  /** Strength above which a feature fires at the first step, like the strongest. */
  public static final double STRONGEST = 1;

  /** Checks the settings. Throws an IllegalArgumentException if a value is out of range. */
  public LatencyCode {
    SpikeTrainMemory.requireSteps(span);
    Require.given("timing", timing);
    Require.positiveFinite("gain", gain);
    requireThreshold(timing, threshold);
    Require.positiveFinite("timeConstants", timeConstants);
  }

  private static void requireThreshold(LatencyTiming timing, double threshold) {
    boolean logarithmic = timing == LatencyTiming.LOGARITHMIC;
    Require.not(
        !(threshold < 1 && (logarithmic ? threshold > 0 : threshold >= 0)),
        "threshold must be %s in latency coding, got %s. Possible cause: it is"
            + " compared with min(1, gain · |feature|), not with a membrane potential",
        logarithmic ? "above 0 and below 1" : "at least 0 and below 1",
        threshold);
  }

  /** {@return the step at which a feature fires, from 0, or {@link #NEVER}} */
  int stepOf(float feature) {
    double strength = Math.min(STRONGEST, gain * Math.abs(feature));
    if (strength <= threshold) {
      return NEVER;
    }
    double last = span - 1.0;
    double step = Math.rint(last * delay(strength));
    return step <= last ? (int) step : NEVER;
  }

  /** The time as a share of the span, 0 for the strongest; the spike is lost above 1. */
  private double delay(double strength) {
    return switch (timing) {
      case LINEAR -> 1 - strength;
      case LOGARITHMIC ->
          Math.log(strength * (1 - threshold) / (strength - threshold)) / timeConstants;
    };
  }
}
