package org.dl4jsnn.internal.device;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * A read-out in whole numbers: weights of up to 16 bits in one unit for all classes, so that scores
 * can be compared, and as coarse as sums of 32 bits over a window require.
 *
 * @param weights [nIn, n]
 * @param bias what a step adds, [n]; empty for none
 * @param unit the value of a score of 1, before it is divided by the steps
 */
record ReadOutNumbers(int[] weights, int[] bias, double unit) {

  private static final int LARGEST = (1 << 15) - 1;
  private static final double MOST = Integer.MAX_VALUE;

  /**
   * Rounds a read-out.
   *
   * @param spikes the spikes of an input in a step
   * @param sums how many times a sum takes what one step adds, at most
   */
  static ReadOutNumbers of(float[] weights, float[] bias, int n, SpikeRange spikes, double sums) {
    double amplitude = Math.max(-spikes.least(), spikes.most());
    double[] most = new double[n];
    double largest = Float.MIN_NORMAL;
    for (int i = 0; i < weights.length; i++) {
      most[i % n] += Math.abs(weights[i]) * amplitude;
      largest = Math.max(largest, Math.abs(weights[i]));
    }
    for (int j = 0; j < bias.length; j++) {
      most[j] += Math.abs(bias[j]);
    }
    double step = Arrays.stream(most).max().orElse(0);
    // Every number is rounded by at most half a unit; without weights, spikes are counted.
    double halves =
        weights.length == 0
            ? amplitude * sums
            : (weights.length / (double) n * amplitude + 1) / 2 * sums;
    Require.not(
        halves >= MOST / 2, "a window must be shorter for scores of 32 bits, got %s sums", sums);
    double unit = Math.max(largest / LARGEST, step * sums / (MOST - halves));
    return new ReadOutNumbers(rounded(weights, unit), rounded(bias, unit), unit);
  }

  private static int[] rounded(float[] values, double unit) {
    int[] rounded = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (int) Math.rint(values[i] / unit);
    }
    return rounded;
  }
}
