package org.dl4jsnn.internal.kernel.vector;

import org.dl4jsnn.internal.kernel.KernelNeuron;

/**
 * A neuron's parameters for a loop without branches: if a neuron fired, {@code subtracted} (the
 * bits of a float) is subtracted from its potential, the bits {@code erased} are cleared and the
 * bits {@code set} are set. A leak of 1 multiplies by 1.
 *
 * @param threshold θ
 * @param leak λ
 * @param subtracted bits of θ for a soft reset, otherwise bits of 0
 * @param erased all bits for a hard reset, otherwise none
 * @param set bits of the value of a hard reset, otherwise none
 * @param skipEmpty whether a step without events changes nothing
 * @param published whether the neurons are those of the published networks: no leak, no bias, hard
 *     reset to zero
 */
record BranchFreeNeuron(
    float threshold,
    float leak,
    int subtracted,
    int erased,
    int set,
    boolean skipEmpty,
    boolean published) {

  private static final int ALL = -1;

  static BranchFreeNeuron of(KernelNeuron rule, boolean biased) {
    boolean soft = rule.subtractive();
    return new BranchFreeNeuron(
        rule.threshold(),
        rule.leak(),
        soft ? Float.floatToRawIntBits(rule.threshold()) : 0,
        soft ? 0 : ALL,
        soft ? 0 : Float.floatToRawIntBits(rule.resetValue()),
        rule.restsWithoutInput() && !biased,
        rule.restsWithoutInput() && !biased && rule.resetValue() == 0);
  }
}
