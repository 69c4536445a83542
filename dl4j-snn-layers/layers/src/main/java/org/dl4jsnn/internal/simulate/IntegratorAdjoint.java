package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.neuron.MembraneReadOut;

/**
 * Propagates a gradient back through leaky integrators to their input: a[t] = g[t] + λ · a[t+1],
 * where g[t] is the gradient with respect to the membrane read at t (equation 53 of
 * docs/mathematics.md), and through a synaptic current z[t] = a[t] + β · z[t+1] (equation 80).
 */
public final class IntegratorAdjoint {

  private final int neurons;
  private final int steps;
  private final double[] leaks;

  /** β of every neuron; null without a synaptic current. */
  private final double[] synapticDecays;

  private final MembraneReadOut reads;

  /** Creates the adjoint for a window of T steps of n neurons. */
  public IntegratorAdjoint(int neurons, int steps, IntegratorDecays decays, MembraneReadOut reads) {
    this.neurons = neurons;
    this.steps = steps;
    this.leaks = decays.leaksOf(neurons);
    this.synapticDecays = decays.synapticOf(neurons);
    this.reads = reads;
  }

  /**
   * The gradient of the currents of one sample.
   *
   * @param sample index of the sample
   * @param counted steps that a mean was taken over, including earlier pieces
   * @param gradient the gradient of the whole minibatch's reading, [minibatch, n], or for a course
   *     [minibatch, n, T]
   * @param maxima for a maximum, the steps at which it occurred, [minibatch, n]
   * @param target where to write, [samples, T, n]; initially zeros
   * @param firstRow the row of the sample's first step
   */
  public void back(
      int sample,
      int length,
      long counted,
      double[] gradient,
      int[] maxima,
      double[] target,
      int firstRow) {
    for (int j = 0; j < neurons; j++) {
      double later = 0;
      double laterCurrent = 0;
      for (int step = length - 1; step >= 0; step--) {
        int index = sample * neurons + j;
        double direct =
            switch (reads) {
              case LAST -> step == length - 1 ? gradient[index] : 0;
              case MEAN -> gradient[index] / counted;
              case MAXIMUM -> step == maxima[index] ? gradient[index] : 0;
              case COURSE -> gradient[index * steps + step];
            };
        later = direct + leaks[j] * later;
        if (synapticDecays != null) {
          laterCurrent = later + synapticDecays[j] * laterCurrent;
        }
        target[(firstRow + step) * neurons + j] = synapticDecays == null ? later : laterCurrent;
      }
    }
  }
}
