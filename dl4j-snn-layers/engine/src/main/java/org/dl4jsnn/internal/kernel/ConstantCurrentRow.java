package org.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * A row of neurons under a constant current, stepped together (equations 2 to 5 of
 * docs/mathematics.md). Scratch memory, one per task.
 *
 * <p>Java's compiler vectorises neither a conditional nor an integer made from a float's bits, so
 * whether a neuron fires is computed as a number: with d = u − θ, the quotient d / (|d| + ε) is
 * exactly 1 above the threshold, 0 at it and −1 below, since ε is too small to change any |d| but
 * 0. No other operation rounds differently from the neuron's definition. All potentials must be
 * finite.
 */
final class ConstantCurrentRow {

  /** ε / θ: far less than half a unit in the last place of the smallest |d| / θ, which is 2⁻²⁴. */
  private static final float EPSILON = 0x1p-60f;

  /** The lowest threshold whose ε is a normal number. */
  private static final float LOWEST = 0x1p-60f;

  private static final float HIGHEST = 0x1p60f;

  private final KernelNeuron rule;
  private final float epsilon;

  /** The current of every neuron; to be set before the first step. */
  final float[] current;

  /** The membrane potential of every neuron; to be set before the first step. */
  final float[] membrane;

  ConstantCurrentRow(KernelNeuron rule, int width) {
    this.rule = rule;
    this.epsilon = rule.threshold() * EPSILON;
    this.current = new float[width];
    this.membrane = new float[width];
  }

  /** Whether {@link #step} can simulate these neurons. */
  static boolean serves(KernelNeuron rule) {
    return rule.threshold() >= LOWEST && rule.threshold() <= HIGHEST;
  }

  /** Begins a window at rest. */
  void start() {
    Arrays.fill(membrane, rule.initialMembrane());
  }

  /**
   * A step of the first neurons, as many as {@code width}; adds {@code worth} to the digits of
   * those that fire.
   */
  void step(float[] digits, float worth, int width) {
    if (rule.subtractive()) {
      subtract(current, membrane, digits, worth, width);
    } else {
      replace(current, membrane, digits, worth, width);
    }
  }

  private void replace(float[] c, float[] u, float[] digits, float worth, int width) {
    float threshold = rule.threshold();
    float tiny = epsilon;
    float value = rule.resetValue();
    float leak = rule.leak();
    for (int k = 0; k < width; k++) {
      float x = u[k] + c[k];
      float over = x - threshold;
      float sign = over / (Math.abs(over) + tiny);
      float fired = (sign + Math.abs(sign)) * 0.5f;
      u[k] = (x - x * fired + value * fired) * leak;
      digits[k] += fired * worth;
    }
  }

  private void subtract(float[] c, float[] u, float[] digits, float worth, int width) {
    float threshold = rule.threshold();
    float tiny = epsilon;
    float leak = rule.leak();
    for (int k = 0; k < width; k++) {
      float x = u[k] + c[k];
      float over = x - threshold;
      float sign = over / (Math.abs(over) + tiny);
      float fired = (sign + Math.abs(sign)) * 0.5f;
      u[k] = (x - threshold * fired) * leak;
      digits[k] += fired * worth;
    }
  }
}
