package org.dl4jsnn.asf;

import java.util.Arrays;
import org.dl4jsnn.neuron.LocalDerivatives;

/**
 * Gathers how the firing rates of a sample change with a parameter p of the neurons (equation 42 of
 * docs/mathematics.md): the derivative of equation 41, in forward mode.
 *
 * <pre>
 *  ds       = h[t] · (∂v/∂p + Σ_j ∂v/∂x_j · π_j[t])
 *  ∂r/∂p    = (1/T) · Σ_t ds
 *  π_k[t+1] = ∂x_k/∂p + λ_k · (Σ_j ∂r_k/∂x_j · π_j[t] + ∂r_k/∂s · ds)
 * </pre>
 *
 * with π[1] = 0. Scratch memory, one per task.
 */
final class ParameterEligibility {

  private final LocalDerivatives local;
  private final int parameter;
  private final double[][] eligibility;
  private final double[] next;
  private final double[] sums;

  ParameterEligibility(LocalDerivatives local, int parameter, int order, int neurons) {
    this.local = local;
    this.parameter = parameter;
    this.eligibility = new double[order][neurons];
    this.next = new double[order];
    this.sums = new double[neurons];
  }

  /** Starts a sample. */
  void start() {
    for (double[] ofVariable : eligibility) {
      Arrays.fill(ofVariable, 0);
    }
    Arrays.fill(sums, 0);
  }

  /** Σ_t ds of a neuron. */
  double sum(int neuron) {
    return sums[neuron];
  }

  /**
   * One step of the neurons that the local derivatives have moved to.
   *
   * @param surrogate h[t] of all neurons
   * @param attached for every variable, 1 if the gradient goes through the effect of a spike on it
   */
  void accumulate(float[] surrogate, float[] attached, int first, int count) {
    int order = eligibility.length;
    for (int i = 0; i < count; i++) {
      double ofExcess = local.excessByParameter(parameter)[i];
      for (int j = 0; j < order; j++) {
        ofExcess += local.excess(j)[i] * eligibility[j][first + i];
      }
      double ofSpike = surrogate[first + i] * ofExcess;
      sums[first + i] += ofSpike;
      for (int k = 0; k < order; k++) {
        double left = attached[k] * local.resetBySpike(k)[i] * ofSpike;
        for (int j = 0; j < order; j++) {
          left += local.reset(k, j)[i] * eligibility[j][first + i];
        }
        next[k] = local.leftByParameter(k, parameter)[i] + local.leak(k)[i] * left;
      }
      for (int k = 0; k < order; k++) {
        eligibility[k][first + i] = next[k];
      }
    }
  }
}
