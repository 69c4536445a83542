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

  /**
   * Σ v and Σ v·w for two runs, in one pass, since the loop waits for additions rather than for
   * memory.
   *
   * @param values v
   * @param firstValue index of the first v
   * @param others w
   * @param firstOther index of the first w
   * @param count number of values
   * @param sums where to write Σ v, at {@code to}
   * @param products where to write Σ v·w, at {@code to}
   * @param to index of the sums
   */
  static void sum(
      float[] values,
      int firstValue,
      float[] others,
      int firstOther,
      int count,
      double[] sums,
      double[] products,
      int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double productA = 0;
    double productB = 0;
    double productC = 0;
    double productD = 0;
    int i = 0;
    for (; i + PARTS <= count; i += PARTS) {
      int at = firstValue + i;
      int other = firstOther + i;
      double v = values[at];
      a += v;
      productA += v * others[other];
      v = values[at + 1];
      b += v;
      productB += v * others[other + 1];
      v = values[at + 2];
      c += v;
      productC += v * others[other + 2];
      v = values[at + 3];
      d += v;
      productD += v * others[other + 3];
    }
    for (; i < count; i++) {
      double v = values[firstValue + i];
      a += v;
      productA += v * others[firstOther + i];
    }
    sums[to] = a + b + (c + d);
    products[to] = productA + productB + (productC + productD);
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
