package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * A neuron's numbers in single precision, as kernels use them (equations 3 to 5 of
 * docs/mathematics.md).
 *
 * @param threshold θ
 * @param leak λ
 * @param subtractive whether the threshold is subtracted where a neuron fires
 * @param resetValue the membrane potential after a hard reset
 * @param initialMembrane the membrane potential before the first step
 */
public record KernelNeuron(
    float threshold, float leak, boolean subtractive, float resetValue, float initialMembrane) {

  /**
   * Sums below this are out of danger: the rounding of 3·10⁸ additions cannot take them beyond
   * single precision (2¹²⁸), nor can operations that add up in another order or in pieces.
   */
  private static final double SAFE = 0x1p100;

  /**
   * The rule of a neuron.
   *
   * @param neuron the neuron
   * @return its numbers
   */
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
   * be above the threshold.
   *
   * @return true if such steps can be skipped, where there is no bias
   */
  public boolean restsWithoutInput() {
    return leak == 1 && !subtractive && initialMembrane <= threshold;
  }

  /**
   * Whether no membrane potential can become infinite or NaN, in whatever order currents are added.
   * The answer does not depend on the length of the window, so that its pieces get the same one.
   *
   * @param currentBound a magnitude that no sum of a step's currents exceeds, nor any part of it
   * @param largestState a magnitude that no membrane potential exceeds at the start; 0 at rest
   * @return false where each step's membranes have to be looked at
   */
  public boolean staysFinite(double currentBound, double largestState) {
    double rest = Math.max(Math.abs(initialMembrane), Math.abs(resetValue));
    return rest + threshold + SpikeTrainMemory.MOST_STEPS * currentBound < SAFE
        && largestState < 2 * SAFE;
  }
}
