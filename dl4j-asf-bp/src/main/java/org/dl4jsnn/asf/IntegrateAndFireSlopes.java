package org.dl4jsnn.asf;

import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * A step of the eligibility of (leaky) integrate-and-fire neurons (equation 22 of
 * docs/mathematics.md), bit for bit the same as with local derivatives. Those took half as long
 * again, since they need conversions between precisions, which Java 17 does not vectorise.
 */
final class IntegrateAndFireSlopes {

  private final float leak;

  /** ∂r/∂u = 1 − keptOfSpikes · s, and ∂r/∂s = fixed − ofMembrane · u. */
  private final float keptOfSpikes;

  private final float fixed;
  private final float ofMembrane;

  IntegrateAndFireSlopes(SpikingNeuron neuron, boolean detachReset) {
    boolean subtractive = neuron.reset().isSubtractive();
    float attached = detachReset ? 0 : 1;
    this.leak = (float) neuron.leak();
    this.keptOfSpikes = subtractive ? 0 : 1;
    this.fixed = attached * (float) (subtractive ? -neuron.threshold() : neuron.reset().value());
    this.ofMembrane = attached * keptOfSpikes;
  }

  /** One branch-free formula for both resets, so that the JVM vectorises it. */
  void accumulate(
      float[] membrane, float[] spikes, float[] derivatives, float[] eligibility, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      float h = derivatives[i];
      float kappa = eligibility[i];
      sums[i] += h * kappa;
      float kept = 1 - keptOfSpikes * spikes[i] + h * (fixed - ofMembrane * membrane[i]);
      eligibility[i] = 1 + leak * kappa * kept;
    }
  }
}
