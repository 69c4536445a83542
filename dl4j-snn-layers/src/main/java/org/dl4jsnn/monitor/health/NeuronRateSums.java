package org.dl4jsnn.monitor.health;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds up the firing rates of a layer's neurons over the samples of several minibatches. */
final class NeuronRateSums {

  /** For every neuron; the length is known with the first minibatch. */
  private double[] sums = new double[0];

  private boolean[] fired = new boolean[0];
  private float[] sample = new float[0];
  private long samples;

  /**
   * Adds a minibatch.
   *
   * @param activation firing rates, [minibatch, …]; only read
   * @return the mean firing rate of its neurons and samples
   */
  double add(INDArray activation) {
    int neurons = Math.toIntExact(activation.length() / activation.size(0));
    if (sums.length != neurons) {
      // Another size of pictures, as networks of convolutions allow: neurons are not the same.
      sums = new double[neurons];
      fired = new boolean[neurons];
      sample = new float[neurons];
      samples = 0;
    }
    FloatBuffer rates = HostArrays.buffer(activation);
    double sum = 0;
    while (rates.hasRemaining()) {
      rates.get(sample);
      for (int i = 0; i < neurons; i++) {
        float rate = sample[i];
        sum += rate;
        sums[i] += rate;
        fired[i] |= rate != 0;
      }
    }
    samples += activation.size(0);
    return sum / activation.length();
  }

  /** What was added up, if anything was. */
  NeuronRates rates(double saturatedFrom) {
    double[] histogram = new double[NeuronRates.BINS];
    double sum = 0;
    int silent = 0;
    int saturated = 0;
    for (int i = 0; i < sums.length; i++) {
      double rate = sums[i] / samples;
      sum += rate;
      silent += fired[i] ? 0 : 1;
      saturated += rate >= saturatedFrom ? 1 : 0;
      // Rates lie outside where max pooling reads graded or signed input.
      int bin = (int) (rate * NeuronRates.BINS);
      histogram[Math.max(0, Math.min(bin, NeuronRates.BINS - 1))]++;
    }
    double neurons = sums.length;
    return new NeuronRates(
        sum / neurons,
        silent / neurons,
        saturated / neurons,
        Arrays.stream(histogram).map(count -> count / neurons).boxed().toList());
  }
}
