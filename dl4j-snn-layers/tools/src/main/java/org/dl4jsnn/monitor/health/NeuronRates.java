package org.dl4jsnn.monitor.health;

import java.util.List;

/**
 * The firing rates of a layer's neurons, averaged over the samples looked at. The outputs of max
 * and sum pooling count as neurons; sums of rates may be above 1.
 *
 * @param mean the mean firing rate of all neurons
 * @param silent the share of neurons that fired in no sample
 * @param saturated the share of neurons whose rate reaches {@link HealthLimits#saturatedFrom}
 * @param histogramTo the end of the histogram: the least of 0.01, 0.02, 0.05, 0.1, 0.2, 0.5 and 1
 *     that at most 2 % of the neurons exceed
 * @param histogram the share of neurons in each of {@link #BINS} bins of rates: bin i starts at i ·
 *     histogramTo / BINS, and the last includes all above
 */
public record NeuronRates(
    double mean, double silent, double saturated, double histogramTo, List<Double> histogram) {

  /** Bins of the histogram, of equal width. */
  public static final int BINS = 10;

  /**
   * Checks the histogram.
   *
   * @param mean the mean firing rate of all neurons
   * @param silent the share of neurons that fired in no sample
   * @param saturated the share of saturated neurons
   * @param histogramTo the end of the histogram
   * @param histogram the share of neurons in each bin
   * @throws IllegalArgumentException if the histogram has another number of bins
   */
  public NeuronRates {
    histogram = List.copyOf(histogram);
    if (histogram.size() != BINS) {
      throw new IllegalArgumentException(
          "histogram must have " + BINS + " bins, got " + histogram.size());
    }
  }
}
