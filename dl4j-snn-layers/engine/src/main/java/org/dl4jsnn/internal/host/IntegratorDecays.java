package org.dl4jsnn.internal.host;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * The shares that leaky integrators keep per step (equations 51 and 79 of docs/mathematics.md).
 *
 * @param leaks λ, the share of the membrane, one for all neurons or one per neuron; must not be
 *     modified
 * @param synaptic β, the share of the synaptic current, one for all neurons or one per neuron; null
 *     without a synaptic current; must not be modified
 */
public record IntegratorDecays(double[] leaks, double[] synaptic) {

  /** Integrators with one leak and without a synaptic current. */
  public static IntegratorDecays of(double leak) {
    return new IntegratorDecays(new double[] {leak}, null);
  }

  /**
   * λ of every neuron.
   *
   * @return n numbers; must not be modified
   * @throws IllegalArgumentException if their number does not match
   */
  public double[] leaksOf(int neurons) {
    return each(leaks, neurons);
  }

  /**
   * β of every neuron.
   *
   * @return n numbers; must not be modified; null without a synaptic current
   * @throws IllegalArgumentException if their number does not match
   */
  public double[] synapticOf(int neurons) {
    return synaptic == null ? null : each(synaptic, neurons);
  }

  private static double[] each(double[] values, int neurons) {
    if (values.length == neurons) {
      return values;
    }
    Require.not(
        values.length != 1,
        "leaks and synaptic decays must be one for all neurons or one for each of" + " %s, got %s",
        neurons,
        values.length);
    double[] each = new double[neurons];
    Arrays.fill(each, values[0]);
    return each;
  }
}
