package org.dl4jsnn.normalize;

import java.util.function.DoubleBinaryOperator;

/**
 * Sums over minibatch and positions, one per channel, in double precision. Each sample is summed
 * separately, then the samples in order, so the result does not depend on the number of threads.
 */
final class ChannelSums {

  /** Partial sums in parallel, since an addition waits for the one before it. */
  private static final int PARTS = 4;

  private ChannelSums() {}

  /** Σ v, for a run of values. */
  static double sum(float[] values, int first, int end) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = first;
    for (; i + PARTS <= end; i += PARTS) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < end; i++) {
      a += values[i];
    }
    return a + b + (c + d);
  }

  /** Σ v·w, for two runs at the same place. */
  static double sumOfProducts(float[] values, float[] others, int first, int end) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = first;
    for (; i + PARTS <= end; i += PARTS) {
      a += (double) values[i] * others[i];
      b += (double) values[i + 1] * others[i + 1];
      c += (double) values[i + 2] * others[i + 2];
      d += (double) values[i + 3] * others[i + 3];
    }
    for (; i < end; i++) {
      a += (double) values[i] * others[i];
    }
    return a + b + (c + d);
  }

  /** Adds up every channel's sums over samples. */
  static double[] total(double[][] ofSamples, int channels) {
    double[] total = new double[channels];
    for (double[] sample : ofSamples) {
      for (int channel = 0; channel < channels; channel++) {
        total[channel] += sample[channel];
      }
    }
    return total;
  }

  /** A value for every channel from two others. */
  static double[] combine(double[] a, double[] b, DoubleBinaryOperator operator) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = operator.applyAsDouble(a[i], b[i]);
    }
    return result;
  }
}
