package org.dl4jsnn.monitor.health;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.dl4jsnn.internal.Require;

/**
 * The health of a spiking layer in an epoch.
 *
 * @param layer its name
 * @param rates the firing rates of its neurons
 * @param slope the slope of its linear estimate at the epoch's end; empty for rules without one
 * @param gradientNorm the Euclidean norm of its weights' gradient, averaged over the minibatches
 *     looked at; empty if the layer has no weights or is frozen
 * @param shareOfLoss the share of the network's loss due to its activity regularisation, over the
 *     minibatches looked at; empty without regularisation
 * @param energy its operations and energy; empty if it has no weights or operations are not counted
 * @param conditions the faults at the epoch's end
 */
public record LayerHealth(
    String layer,
    Rates rates,
    OptionalDouble slope,
    OptionalDouble gradientNorm,
    OptionalDouble shareOfLoss,
    Optional<Energy> energy,
    Set<LayerCondition> conditions) {

  /**
   * A weighted layer's average operations per sample, and an estimate of their energy.
   *
   * @param additions weights added over the whole window, one per spike and neuron that it reaches;
   *     a constant input current is multiplied by the weights once instead
   * @param multiplyAdds the multiply-adds of the same layer without spikes
   * @param constantInput whether the input is a constant current
   * @param picojoules the energy of the additions, and of a constant current's multiply-adds
   * @param picojoulesWithoutSpikes the energy of the multiply-adds
   */
  public record Energy(
      double additions,
      double multiplyAdds,
      boolean constantInput,
      double picojoules,
      double picojoulesWithoutSpikes) {}

  /**
   * The firing rates of a layer's neurons, averaged over the samples looked at. The outputs of max
   * and sum pooling count as neurons; sums of rates may be above 1.
   *
   * @param mean the mean firing rate of all neurons; NaN, like the shares, for a layer without
   *     rates
   * @param silent the share of neurons that fired in no sample
   * @param saturated the share of neurons whose rate reaches {@link HealthLimits#saturatedFrom}
   * @param histogramTo the end of the histogram: the least of 0.01, 0.02, 0.05, 0.1, 0.2, 0.5 and 1
   *     that at most 2 % of the neurons exceed
   * @param histogram the share of neurons in each of {@link #BINS} bins of rates: bin i starts at i
   *     · histogramTo / BINS, and the last includes all above
   */
  public record Rates(
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
    public Rates {
      histogram = List.copyOf(histogram);
      Require.not(
          histogram.size() != BINS, "histogram must have %s bins, got %s", BINS, histogram.size());
    }

    /** {@return the rates of a layer that has none, since it passes on its currents: NaN} */
    static Rates unknown() {
      return new Rates(Double.NaN, Double.NaN, Double.NaN, 1, Collections.nCopies(BINS, 0.0));
    }
  }
}
