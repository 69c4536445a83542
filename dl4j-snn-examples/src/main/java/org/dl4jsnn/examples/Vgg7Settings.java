package org.dl4jsnn.examples;

import java.util.Locale;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What can be chosen of a {@link Vgg7}.
 *
 * @param steps T
 * @param threshold θ of the weighted layers; published: 2 for CIFAR-10, 1 for CIFAR10-DVS
 * @param learningRate Adam's learning rate
 * @param seed for weights, and for spikes where the encoding draws them
 * @param encoding how pictures become spikes; event frames do without
 * @param reset what a spike of a weighted layer does to the membrane
 * @param normalization of the currents of weighted layers; null, as published, for none
 * @param loss what the read-out is trained for
 */
record Vgg7Settings(
    int steps,
    double threshold,
    ISchedule learningRate,
    long seed,
    Encoding encoding,
    Reset reset,
    CurrentNormalization normalization,
    Loss loss) {

  /** How pictures become spikes. */
  enum Encoding {
    /** Published: signed Poisson spikes. */
    POISSON {
      @Override
      SpikeEncoding.Builder over(int steps) {
        return SpikeEncoding.poisson(steps);
      }
    },
    /** The same current at every step. */
    DIRECT {
      @Override
      SpikeEncoding.Builder over(int steps) {
        return SpikeEncoding.direct(steps);
      }
    };

    abstract SpikeEncoding.Builder over(int steps);

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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
  static Vgg7Settings published(int steps, double threshold, ISchedule learningRate, long seed) {
    return new Vgg7Settings(
        steps,
        threshold,
        learningRate,
        seed,
        Encoding.POISSON,
        Reset.toZero(),
        null,
        Loss.SQUARED_ERROR);
  }
}
