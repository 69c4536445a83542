package org.dl4jsnn.gradient;

import org.dl4jsnn.gradient.surrogate.Surrogate;
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
  private final Surrogate surrogate;
  private final boolean detachReset;

  MembraneGradient(SpikingNeuron neuron, Surrogate surrogate, boolean detachReset) {
    this.threshold = neuron.threshold();
    this.leak = neuron.leak();
    this.subtractive = neuron.reset().isSubtractive();
    this.resetValue = neuron.reset().value();
    this.surrogate = surrogate;
    this.detachReset = detachReset;
  }

  /**
   * One step back.
   *
   * @param membrane u[t]
   * @param spikes s[t]
   * @param spikeGradient ∂L/∂s[t], without what goes through the reset
   * @param carried a[t+1], or zeros at the last step; afterwards a[t]
   */
  void back(double[] membrane, double[] spikes, double[] spikeGradient, double[] carried) {
    for (int i = 0; i < carried.length; i++) {
      double u = membrane[i];
      double s = spikes[i];
      double later = leak * carried[i];
      double bySpike = subtractive ? -threshold : resetValue - u;
      double byMembrane = subtractive ? 1 : 1 - s;
      double atSpike = spikeGradient[i] + (detachReset ? 0 : later * bySpike);
      carried[i] = surrogate.derivative(u - threshold) * atSpike + later * byMembrane;
    }
  }
}
