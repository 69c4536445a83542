package org.dl4jsnn.internal.host;

import java.util.Arrays;

/**
 * What leaky integrators keep from step to step (equations 51 and 79 of docs/mathematics.md).
 *
 * @param leaks λ, the share of the membrane, one for all neurons or one a neuron; not to be written
 *     to
 * @param synaptic β, the share of the synaptic current, one for all neurons or one a neuron; null
 *     where there is no synaptic current; not to be written to
 */
public record IntegratorDecays(double[] leaks, double[] synaptic) {

  /**
   * Integrators of one leak without a synaptic current.
   *
   * @param leak λ
   * @return what they keep
   */
  public static IntegratorDecays of(double leak) {
    return new IntegratorDecays(new double[] {leak}, null);
  }

  /**
   * λ of every neuron.
   *
   * @param neurons n
   * @return n numbers, not to be written to
   * @throws IllegalArgumentException if they are those of another number of neurons
   */
  public double[] leaksOf(int neurons) {
    return each(leaks, neurons);
  }

  /**
   * β of every neuron.
   *
   * @param neurons n
   * @return n numbers, not to be written to; null where there is no synaptic current
   * @throws IllegalArgumentException if they are those of another number of neurons
   */
  public double[] synapticOf(int neurons) {
    return synaptic == null ? null : each(synaptic, neurons);
  }

  private static double[] each(double[] values, int neurons) {
    if (values.length == neurons) {
      return values;
    }
    if (values.length != 1) {
      throw new IllegalArgumentException(
          "leaks and synaptic decays must be one for all neurons or one for each of "
              + neurons
              + ", got "
              + values.length);
    }
    double[] each = new double[neurons];
    Arrays.fill(each, values[0]);
    return each;
  }
}
