package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * A neuron's parameters in single precision, as kernels use them (equations 3 to 5 of
 * docs/mathematics.md).
 *
 * @param threshold θ
 * @param leak λ
 * @param subtractive whether a spike subtracts the threshold
 * @param resetValue the membrane potential after a hard reset
 * @param initialMembrane the membrane potential before the first step
 */
public record KernelNeuron(
    float threshold, float leak, boolean subtractive, float resetValue, float initialMembrane) {

  /**
   * Sums below this are safe: neither the rounding of 3·10⁸ additions nor another order of
   * additions can take them beyond single precision (2¹²⁸).
   */
  private static final double SAFE = 0x1p100;

  /** The parameters of a neuron. */
  public static KernelNeuron of(SpikingNeuron neuron) {
    return new KernelNeuron(
        (float) neuron.threshold(),
        (float) neuron.leak(),
        neuron.reset().isSubtractive(),
        (float) neuron.reset().value(),
        (float) neuron.initialMembrane());
  }

  /**
   * Whether a step without any current changes nothing: no leak, and no potential that could still
   * be above the threshold; true if such steps can be skipped, provided there is no bias.
   */
  public boolean restsWithoutInput() {
    return leak == 1 && !subtractive && initialMembrane <= threshold;
  }

  /**
   * Whether no membrane potential can become infinite or NaN, in whatever order currents are added.
   * The answer does not depend on the length of the window, so pieces get the same answer.
   *
   * @param currentBound a bound on the current of a step and on every partial sum of it
   * @param largestState a bound on the membrane potentials at the start; 0 at rest
   * @return false if each step's membranes must be checked
   */
  public boolean staysFinite(double currentBound, double largestState) {
    double rest = Math.max(Math.abs(initialMembrane), Math.abs(resetValue));
    return rest + threshold + SpikeTrainMemory.MOST_STEPS * currentBound < SAFE
        && largestState < 2 * SAFE;
  }
}
