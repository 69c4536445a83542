package org.dl4jsnn.gradient;

import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;

/**
 * Propagates the gradient back through the neurons of one sample, step by step (equations 13 and 14
 * of docs/mathematics.md), for any neuron with known derivatives. With x the state after charging,
 * v its distance from the threshold, r(x, s) the state after the reset, λ the leak after it, h[t]
 * the surrogate gradient at v, and a[t] = ∂L/∂x[t],
 *
 * <pre>
 *  g      = ∂L/∂s[t] + Σ_k λ_k·a_k[t+1] · ∂r_k/∂s        without detached resets
 *  a_j[t] = h[t] · g · ∂v/∂x_j  +  Σ_k λ_k·a_k[t+1] · ∂r_k/∂x_j
 * </pre>
 *
 * and ∂L/∂c[t] = a_0[t], since the current is added to the first variable. The gradient of a
 * learned parameter p (equation 41) is increased, with ∂x_k/∂p of the state after the step, by
 *
 * <pre>
 *  h[t] · g · ∂v/∂p  +  Σ_k a_k[t+1] · ∂x_k/∂p
 * </pre>
 *
 * Scratch memory, one per task.
 */
final class NeuronAdjoint {

  private final LocalDerivatives derivatives;
  private final int order;
  private final int channels;

  /** For every variable, whether the gradient stops at the effect of a spike on it. */
  private final boolean[] detached;

  private final double[][] later;

  NeuronAdjoint(NeuronDynamics dynamics, int channels, boolean detached) {
    this.derivatives = new LocalDerivatives(dynamics, channels, false);
    this.order = dynamics.variables().size();
    this.channels = channels;
    this.detached = new boolean[order];
    for (int k = 0; k < order; k++) {
      this.detached[k] = detached && ((DifferentiableDynamics) dynamics).isResetBySpike(k);
    }
    this.later = new double[order][LocalDerivatives.SIZE];
  }

  /**
   * Moves to a block of neurons from a first one, which stay in the processor's first-level cache;
   * returns their number, at most {@link LocalDerivatives#SIZE}.
   */
  int move(Neurons charged, float[] fired, int first) {
    return derivatives.move(charged, fired, first);
  }

  /** The same in double precision, for x[t], [variable][neuron]. */
  int move(double[][] charged, double[] fired, int first) {
    return derivatives.move(charged, fired, first);
  }

  /**
   * One step back, for the block that it {@linkplain #move moved} to.
   *
   * @param surrogate h[t] of the block
   * @param spikeGradient ∂L/∂s[t] of the block, without the part through the reset; written to
   * @param carried a[t+1] of all neurons, [variable][neuron], or zeros at the last step; on return
   *     a[t]
   * @param learned where the gradients of learned parameters are added, [learned][channel]
   * @param first index of the first
   */
  void back(
      double[] surrogate,
      double[] spikeGradient,
      double[][] carried,
      double[][] learned,
      int first) {
    int count = derivatives.count();
    leak(carried, first, count);
    throughReset(spikeGradient, count);
    for (int l = 0; l < learned.length; l++) {
      learn(derivatives.learned()[l], surrogate, spikeGradient, carried, learned[l], first);
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
      if (detached[k]) {
        continue;
      }
      double[] ofSpike = derivatives.resetBySpike(k);
      double[] from = later[k];
      for (int i = 0; i < count; i++) {
        spikeGradient[i] += from[i] * ofSpike[i];
      }
    }
  }

  private void learn(
      int parameter,
      double[] surrogate,
      double[] spikeGradient,
      double[][] carried,
      double[] ofChannels,
      int first) {
    double[] ofExcess = derivatives.excessByParameter(parameter);
    for (int i = 0; i < derivatives.count(); i++) {
      double gradient = surrogate[i] * spikeGradient[i] * ofExcess[i];
      for (int k = 0; k < order; k++) {
        gradient += carried[k][first + i] * derivatives.leftByParameter(k, parameter)[i];
      }
      ofChannels[(first + i) % channels] += gradient;
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
