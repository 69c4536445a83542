package org.dl4jsnn.gradient;

import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * The way of the gradient back through the neurons of one sample, step by step (equations 13 and 14
 * of docs/mathematics.md). With a[t] = ∂L/∂u[t], u the membrane potential after charging, and h[t]
 * the surrogate gradient at u[t] − θ,
 *
 * <pre>
 *  a[t] = h[t] · (∂L/∂s[t] + λ·a[t+1] · ∂r/∂s)  +  λ·a[t+1] · ∂r/∂u
 *
 *  hard reset to v:        r = u·(1 − s) + v·s,   ∂r/∂u = 1 − s,   ∂r/∂s = v − u
 *  reset by subtraction:   r = u − θ·s,           ∂r/∂u = 1,       ∂r/∂s = −θ
 *  reset detached:         ∂r/∂s = 0
 * </pre>
 *
 * and ∂L/∂c[t] = a[t], since the current is added to the membrane.
 */
final class MembraneGradient {

  private final double threshold;
  private final double leak;
  private final boolean subtractive;
  private final double resetValue;
  private final boolean detachReset;

  MembraneGradient(SpikingNeuron neuron, boolean detachReset) {
    this.threshold = neuron.threshold();
    this.leak = neuron.leak();
    this.subtractive = neuron.reset().isSubtractive();
    this.resetValue = neuron.reset().value();
    this.detachReset = detachReset;
  }

  /**
   * One step back.
   *
   * @param membrane u[t]
   * @param derivatives h[t]
   * @param spikes s[t]
   * @param spikeGradient ∂L/∂s[t], without what goes through the reset
   * @param carried a[t+1], or zeros at the last step; afterwards a[t]
   */
  void back(
      double[] membrane,
      double[] derivatives,
      double[] spikes,
      double[] spikeGradient,
      double[] carried) {
    // One formula for all cases, without a branch, so that Java makes vector instructions of it.
    double keptOfSpikes = subtractive ? 0 : 1;
    double attached = detachReset ? 0 : 1;
    double fixed = attached * (subtractive ? -threshold : resetValue);
    double ofMembrane = attached * keptOfSpikes;
    for (int i = 0; i < carried.length; i++) {
      double later = leak * carried[i];
      double atSpike = spikeGradient[i] + later * (fixed - ofMembrane * membrane[i]);
      carried[i] = derivatives[i] * atSpike + later * (1 - keptOfSpikes * spikes[i]);
    }
  }
}
