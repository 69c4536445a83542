package org.dl4jsnn.examples;

import java.util.Locale;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What can be chosen of a {@link SpikingNetwork} beside its layers.
 *
 * @param threshold θ of the weighted layers; VGG7 as published: 2 for CIFAR-10, 1 for CIFAR10-DVS
 * @param learningRate Adam's learning rate
 * @param seed for weights, and for spikes where the encoding draws them
 * @param reset what a spike of a weighted layer does to the membrane
 * @param normalization of the currents of weighted layers; null, as published, for none
 * @param loss what the read-out is trained for
 */
record NetworkSettings(
    double threshold,
    ISchedule learningRate,
    long seed,
    Reset reset,
    CurrentNormalization normalization,
    Loss loss) {

  /** What a read-out is trained for. */
  enum Loss {
    /** Published: the squared error of rates, summed over the minibatch. */
    SQUARED_ERROR,
    /** Cross entropy after a softmax. */
    CROSS_ENTROPY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** As published, but for the numbers given. */
  static NetworkSettings published(double threshold, ISchedule learningRate, long seed) {
    return new NetworkSettings(
        threshold, learningRate, seed, Reset.toZero(), null, Loss.SQUARED_ERROR);
  }
}
