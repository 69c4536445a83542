package org.dl4jsnn.neuron.linear;

import java.util.function.DoubleUnaryOperator;

/**
 * How a quantity y with input x advances over a time step, in the order of a program's arithmetic
 * (equation 61 of docs/mathematics.md). a is the share kept, the share lost or the divisor, and L
 * the resting value of y. Model files hold the ordinals.
 */
public enum Integration {

  /** y + x: without a leak. */
  SUM((y, x, a, l) -> y + x, a -> 1, a -> 1),

  /** a · y + x. */
  DECAY((y, x, a, l) -> a * y + x, a -> a, a -> 1),

  /** a · (y + x): the input decays as well. */
  DECAY_OF_ALL((y, x, a, l) -> a * (y + x), a -> a, a -> a),

  /** y + a · ((x + L) − y): Euler's step. */
  EULER((y, x, a, l) -> y + a * (x + l - y), a -> 1 - a, a -> a),

  /** y + a · ((L − y) + x): Euler's step, summed in another order. */
  EULER_OF_LEAK((y, x, a, l) -> y + a * (l - y + x), a -> 1 - a, a -> a),

  /** y + (x − (y − L)) / a: Euler's step by division, a a number of steps. */
  DIVISION((y, x, a, l) -> y + (x - (y - l)) / a, a -> 1 - 1 / a, a -> 1 / a),

  /** y − (y − L) / a + x: the same, with all of the input. */
  DIVISION_OF_LEAK((y, x, a, l) -> y - (y - l) / a + x, a -> 1 - 1 / a, a -> 1),

  /** E + a · (y − E) with E = L + x: the solution for constant input over the step. */
  EXACT((y, x, a, l) -> l + x + a * (y - (l + x)), a -> a, a -> 1 - a);

  private final Step step;
  private final DoubleUnaryOperator kept;
  private final DoubleUnaryOperator gain;

  Integration(Step step, DoubleUnaryOperator kept, DoubleUnaryOperator gain) {
    this.step = step;
    this.kept = kept;
    this.gain = gain;
  }

  @FunctionalInterface
  private interface Step {
    float of(float y, float x, float a, float l);
  }

  /**
   * {@return the quantity after a step}
   *
   * @param y the quantity before
   * @param x the input of the step
   * @param a a
   * @param rest L
   */
  public float step(float y, float x, float a, float rest) {
    return step.of(y, x, a, rest);
  }

  /**
   * The derivative of a step with respect to y.
   *
   * @param a a
   * @return the share of y that is kept
   */
  public double kept(double a) {
    return kept.applyAsDouble(a);
  }

  /**
   * The derivative of a step with respect to x.
   *
   * @param a a
   * @return the share of x that arrives
   */
  public double gain(double a) {
    return gain.applyAsDouble(a);
  }
}
