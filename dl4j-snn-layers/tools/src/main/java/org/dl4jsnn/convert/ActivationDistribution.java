package org.dl4jsnn.convert;

import org.dl4jsnn.internal.Require;

/**
 * The distribution of one channel's activations in a trained network over the calibration data: a
 * histogram of those above 0, with {@value #BINS} equal bins up to the largest. Immutable.
 */
public final class ActivationDistribution {

  static final int BINS = 1024;

  private static final double PERCENT = 100;
  private static final int CANDIDATES = 100;

  private final double maximum;
  private final int[] counts;
  private final int first;
  private final long positive;

  /** Of one channel; the bins of several lie in a row, and must not change afterwards. */
  ActivationDistribution(double maximum, int[] counts, int channel) {
    this.maximum = maximum;
    this.counts = counts;
    this.first = channel * BINS;
    long sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += counts[first + bin];
    }
    this.positive = sum;
  }

  /** The bin of an activation. */
  static int bin(double activation, double maximum) {
    return (int) Math.min(BINS - 1, Math.floor(activation / maximum * BINS));
  }

  /** {@return the largest activation: at least 0; 0 if no activation is above 0} */
  public double maximum() {
    return maximum;
  }

  /**
   * A percentile of the activations above 0: the given share of them do not exceed it. Exact to
   * within the width of a bin.
   *
   * @param percent the share in percent; above 0 and at most 100
   * @return the activation; 0 if no activation is above 0
   * @throws IllegalArgumentException if the share is out of range
   */
  public double percentile(double percent) {
    Require.fraction("percentile / 100", percent / PERCENT);
    double wanted = percent * positive / PERCENT;
    long seen = 0;
    for (int bin = 0; bin < BINS; bin++) {
      seen += counts[first + bin];
      if (seen >= wanted) {
        return maximum * (bin + 1) / BINS;
      }
    }
    return maximum;
  }

  /**
   * The sum of squared differences between activations and their approximations in T steps
   * (equation 73 of docs/mathematics.md): a whole number of spikes, from 0 to T, times scale / T.
   *
   * @param scale the activation of a rate of 1; positive and finite
   * @param steps T, at least 1
   * @return the sum over all activations above 0
   * @throws IllegalArgumentException if a parameter is out of range
   */
  public double squaredError(double scale, int steps) {
    Require.positiveFinite("scale", scale);
    Require.atLeast("steps", steps, 1);
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      int count = counts[first + bin];
      if (count > 0) {
        double activation = maximum * (bin + 0.5) / BINS;
        double spikes = Math.min(steps, Math.floor(steps * activation / scale + 0.5));
        double error = activation - spikes * scale / steps;
        sum += count * error * error;
      }
    }
    return sum;
  }

  /**
   * The scale with the least squared error in T steps, among a hundred candidates up to the
   * maximum.
   */
  double scaleOfLeastError(int steps) {
    double best = maximum;
    double least = squaredError(best, steps);
    for (int candidate = 1; candidate < CANDIDATES; candidate++) {
      double scale = maximum * candidate / CANDIDATES;
      double error = squaredError(scale, steps);
      if (error < least) {
        best = scale;
        least = error;
      }
    }
    return best;
  }
}
