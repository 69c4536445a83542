package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.neuron.MembraneReadOut;

/**
 * The way of a gradient back through leaky integrators to their currents: a[t] = g[t] + λ · a[t+1],
 * where g[t] is what the read-out takes of the membrane at t (equation 53 of docs/mathematics.md).
 */
public final class IntegratorAdjoint {

  private final int neurons;
  private final int steps;
  private final double leak;
  private final MembraneReadOut reads;

  /**
   * The way back through a window.
   *
   * @param neurons n
   * @param steps T
   * @param leak λ
   * @param reads what was read
   */
  public IntegratorAdjoint(int neurons, int steps, double leak, MembraneReadOut reads) {
    this.neurons = neurons;
    this.steps = steps;
    this.leak = leak;
    this.reads = reads;
  }

  /**
   * The gradient of the currents of one sample.
   *
   * @param sample index of the sample
   * @param length steps of its sequence
   * @param counted steps that a mean was taken over, those of pieces before included
   * @param gradient of what was read of the whole minibatch, [minibatch, n], of a course
   *     [minibatch, n, T]
   * @param maxima of a maximum the steps where it was, [minibatch, n]
   * @param target where to, [samples, T, n]; zeros
   * @param firstRow which of its rows is the sample's first step
   */
  public void back(
      int sample,
      int length,
      int counted,
      double[] gradient,
      int[] maxima,
      double[] target,
      int firstRow) {
    for (int j = 0; j < neurons; j++) {
      double later = 0;
      for (int step = length - 1; step >= 0; step--) {
        int index = sample * neurons + j;
        double direct =
            switch (reads) {
              case LAST -> step == length - 1 ? gradient[index] : 0;
              case MEAN -> gradient[index] / counted;
              case MAXIMUM -> step == maxima[index] ? gradient[index] : 0;
              case COURSE -> gradient[index * steps + step];
            };
        later = direct + leak * later;
        target[(firstRow + step) * neurons + j] = later;
      }
    }
  }
}
