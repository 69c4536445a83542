package org.dl4jsnn.neuron;

import org.dl4jsnn.internal.Require;

/**
 * The range of a learned parameter p, and how a free number w maps to it (equation 40 of
 * docs/mathematics.md), so that no step of an optimizer leaves the range:
 *
 * <pre>
 *  between two numbers   p = lower + (upper − lower) · σ(w)
 *  above a number        p = lower + ln(1 + e^w)
 * </pre>
 *
 * @param lower exclusive lower bound of p
 * @param upper upper bound of p, reached only by rounding; infinite for no bound
 */
record ParameterBounds(double lower, double upper) {

  ParameterBounds {
    Require.finite("lower bound", lower);
    Require.not(
        !(upper > lower), "upper bound must be above the lower one, %s, got %s", lower, upper);
  }

  private boolean isOpen() {
    return upper == Double.POSITIVE_INFINITY;
  }

  /** The parameter that a free number stands for; within the bounds in single precision too. */
  double value(double free) {
    double above = isOpen() ? softplus(free) : (upper - lower) * sigmoid(free);
    double most = Math.min(upper, Float.MAX_VALUE);
    return Math.min(most, Math.max(lower + above, Math.nextUp((float) lower)));
  }

  /** dp/dw. */
  double slope(double free) {
    return isOpen() ? sigmoid(free) : (upper - lower) * sigmoid(free) * sigmoid(-free);
  }

  /** The free number that stands for a parameter within the bounds. */
  double free(double value) {
    double above = value - lower;
    return isOpen()
        ? above + Math.log(-Math.expm1(-above))
        : Math.log(above) - Math.log(upper - value);
  }

  boolean contains(double value) {
    return value > lower && value < upper;
  }

  private static double sigmoid(double w) {
    return 1 / (1 + Math.exp(-w));
  }

  private static double softplus(double w) {
    return Math.max(w, 0) + Math.log1p(Math.exp(-Math.abs(w)));
  }

  @Override
  public String toString() {
    return isOpen() ? "above " + lower : "between " + lower + " and " + upper;
  }
}
