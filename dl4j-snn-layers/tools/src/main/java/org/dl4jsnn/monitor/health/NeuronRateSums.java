package org.dl4jsnn.monitor.health;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds up the firing rates of a layer's neurons over the samples of several minibatches. */
final class NeuronRateSums {

  /** The possible ends of histograms. */
  private static final double[] ENDS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

  /** More than rounding to single precision takes from a rate, in bins. */
  private static final double ROUNDING = 1e-6;

  /** The largest share of neurons above the end. */
  private static final double ABOVE = 0.02;

  /** One sum per neuron; the length is known after the first minibatch. */
  private double[] sums = new double[0];

  private boolean[] fired = new boolean[0];
  private float[] sample = new float[0];
  private long samples;

  /** Adds the firing rates of a minibatch, [minibatch, …], and returns their mean. */
  double add(INDArray activation) {
    int neurons = Math.toIntExact(activation.length() / activation.size(0));
    if (sums.length != neurons) {
      // Another image size, which convolutional networks allow: the neurons differ.
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
    Reference.reachabilityFence(activation);
    samples += activation.size(0);
    return sum / activation.length();
  }

  /** The rates so far, if any. */
  LayerHealth.Rates rates(double saturatedFrom) {
    double sum = 0;
    int silent = 0;
    int saturated = 0;
    for (int i = 0; i < sums.length; i++) {
      double rate = sums[i] / samples;
      sum += rate;
      silent += fired[i] ? 0 : 1;
      // Rates are of single precision: 19 of 20 steps are a little less than 0.95.
      saturated += (float) rate >= (float) saturatedFrom ? 1 : 0;
    }
    double neurons = sums.length;
    double end = end();
    return new LayerHealth.Rates(
        sum / neurons,
        silent / neurons,
        saturated / neurons,
        end,
        Arrays.stream(histogram(end)).map(count -> count / neurons).boxed().toList());
  }

  /** The least end that few rates exceed: single neurons would leave the histogram empty. */
  private double end() {
    double[] sorted = sums.clone();
    Arrays.sort(sorted);
    int above = (int) (ABOVE * sorted.length);
    double high = sorted[sorted.length - 1 - above] / samples;
    return Arrays.stream(ENDS).filter(end -> (float) end >= (float) high).findFirst().orElse(1);
  }

  /** Neurons in every bin. */
  private double[] histogram(double end) {
    double[] histogram = new double[LayerHealth.Rates.BINS];
    for (double sum : sums) {
      // With graded or signed input, max pooling gives rates outside.
      int bin = (int) (sum / samples / end * LayerHealth.Rates.BINS + ROUNDING);
      histogram[Math.max(0, Math.min(bin, LayerHealth.Rates.BINS - 1))]++;
    }
    return histogram;
  }
}
