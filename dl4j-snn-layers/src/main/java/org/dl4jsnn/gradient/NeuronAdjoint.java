package org.dl4jsnn.gradient;

import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;

/**
 * The way of the gradient back through the neurons of one sample, step by step (equations 13 and 14
 * of docs/mathematics.md), for any neuron that knows its derivatives. With x the state after
 * charging, v its distance from the threshold, r(x, s) what a reset leaves, λ the leak after it,
 * h[t] the surrogate gradient at v, and a[t] = ∂L/∂x[t],
 *
 * <pre>
 *  g      = ∂L/∂s[t] + Σ_k λ_k·a_k[t+1] · ∂r_k/∂s        the last term not where detached
 *  a_j[t] = h[t] · g · ∂v/∂x_j  +  Σ_k λ_k·a_k[t+1] · ∂r_k/∂x_j
 * </pre>
 *
 * and ∂L/∂c[t] = a_0[t], since the current is added to the first variable. Scratch memory, one a
 * task.
 */
final class NeuronAdjoint {

  private final LocalDerivatives derivatives;
  private final int order;
  private final boolean detached;
  private final double[][] later;

  NeuronAdjoint(NeuronDynamics dynamics, int channels, boolean detached) {
    this.derivatives = new LocalDerivatives(dynamics, channels, false);
    this.order = dynamics.variables().size();
    this.detached = detached;
    this.later = new double[order][LocalDerivatives.SIZE];
  }

  /**
   * Goes to some neurons, which stay in the processor's first-level cache.
   *
   * @param charged the neurons at x[t]
   * @param fired s[t]
   * @param first index of the first
   * @return how many there are, at most {@link LocalDerivatives#SIZE}
   */
  int move(Neurons charged, float[] fired, int first) {
    return derivatives.move(charged, fired, first);
  }

  /**
   * Goes to some neurons in double precision.
   *
   * @param charged x[t], [variable][neuron]
   * @param fired s[t]
   * @param first index of the first
   * @return how many there are
   */
  int move(double[][] charged, double[] fired, int first) {
    return derivatives.move(charged, fired, first);
  }

  /**
   * One step back, for the neurons that it {@linkplain #move moved} to.
   *
   * @param surrogate h[t] of these
   * @param spikeGradient ∂L/∂s[t] of these, without what goes through the reset; written to
   * @param carried a[t+1] of all neurons, [variable][neuron], or zeros at the last step; afterwards
   *     a[t]
   * @param first index of the first
   */
  void back(double[] surrogate, double[] spikeGradient, double[][] carried, int first) {
    int count = derivatives.count();
    leak(carried, first, count);
    if (!detached) {
      throughReset(spikeGradient, count);
    }
    for (int j = 0; j < order; j++) {
      atSpike(j, surrogate, spikeGradient, carried[j], first, count);
      for (int k = 0; k < order; k++) {
        past(k, j, carried[j], first, count);
      }
    }
  }

  /** λ_k · a_k[t+1]. */
  private void leak(double[][] carried, int first, int count) {
    for (int k = 0; k < order; k++) {
      double[] a = carried[k];
      double[] leak = derivatives.leak(k);
      double[] to = later[k];
      for (int i = 0; i < count; i++) {
        to[i] = leak[i] * a[first + i];
      }
    }
  }

  private void throughReset(double[] spikeGradient, int count) {
    for (int k = 0; k < order; k++) {
      double[] ofSpike = derivatives.resetBySpike(k);
      double[] from = later[k];
      for (int i = 0; i < count; i++) {
        spikeGradient[i] += from[i] * ofSpike[i];
      }
    }
  }

  private void atSpike(
      int j, double[] surrogate, double[] spikeGradient, double[] a, int first, int count) {
    double[] ofExcess = derivatives.excess(j);
    for (int i = 0; i < count; i++) {
      a[first + i] = surrogate[i] * spikeGradient[i] * ofExcess[i];
    }
  }

  private void past(int k, int j, double[] a, int first, int count) {
    double[] ofReset = derivatives.reset(k, j);
    double[] from = later[k];
    for (int i = 0; i < count; i++) {
      a[first + i] += from[i] * ofReset[i];
    }
  }
}
