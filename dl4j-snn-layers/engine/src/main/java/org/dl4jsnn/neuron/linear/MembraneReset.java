package org.dl4jsnn.neuron.linear;

/**
 * The reset of the membrane potential of a {@link LinearNeuron} by a spike (equation 64 of
 * docs/mathematics.md). v is the membrane potential before the step, c after charging, n the number
 * of spikes, θ the threshold, R the reset value, and p = 1 if v was above θ before the step, else
 * 0; gradients treat p as constant. Model files hold the ordinals.
 */
public enum MembraneReset {

  /** v ← R if n &gt; 0, else c. */
  TO_VALUE,

  /** The same, but never below −θ. */
  TO_VALUE_WITH_FLOOR,

  /** v ← c − n · θ. */
  BY_SUBTRACTION,

  /** The same, but never below −θ. */
  BY_SUBTRACTION_WITH_FLOOR,

  /**
   * At the time within the step when v reaches θ: v restarts at R and follows its equation to the
   * end of the step.
   */
  AT_CROSSING,

  /** As snnTorch does without delay: c ← c − p · θ before firing, v ← c − (n − p) · θ after it. */
  BY_SUBTRACTION_ONCE,

  /** A step later: c ← c − p · θ before firing, and nothing after it. */
  LATE_BY_SUBTRACTION,

  /** A step later: v ← (1 − p) · v before charging, and nothing after firing. */
  LATE_TO_ZERO,

  /** A step later, including the input: c ← (1 − p) · c before firing, and nothing after it. */
  LATE_TO_ZERO_WITH_INPUT;

  /** The membrane potential to be charged. */
  float held(float v, float threshold) {
    return this == LATE_TO_ZERO && v > threshold ? 0 : v;
  }

  /** The membrane potential compared with the threshold. */
  float charged(float c, float v, float threshold) {
    if (!(v > threshold)) {
      return c;
    }
    return switch (this) {
      case BY_SUBTRACTION_ONCE, LATE_BY_SUBTRACTION -> c - threshold;
      case LATE_TO_ZERO_WITH_INPUT -> 0;
      default -> c;
    };
  }

  /** The share of v, or of the input, kept by a reset before firing. */
  double keptBefore(double v, double threshold, boolean ofInput) {
    boolean late = this == LATE_TO_ZERO_WITH_INPUT || this == LATE_TO_ZERO && !ofInput;
    return late && v > threshold ? 0 : 1;
  }

  /** Whether it subtracts and keeps the excess. */
  boolean subtracts() {
    return switch (this) {
      case TO_VALUE, TO_VALUE_WITH_FLOOR, LATE_TO_ZERO, LATE_TO_ZERO_WITH_INPUT, AT_CROSSING ->
          false;
      default -> true;
    };
  }
}
