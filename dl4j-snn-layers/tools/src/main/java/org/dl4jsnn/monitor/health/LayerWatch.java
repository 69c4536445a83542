package org.dl4jsnn.monitor.health;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The observations of a layer, and whether they are within the limits. */
final class LayerWatch {

  private final String layer;

  /** Sums of rates, which may be above 1, come from layers without neurons. */
  private final boolean hasNeurons;

  private final HealthLimits limits;
  private final LayerWarnings warnings;
  private final GradientNorms norms = new GradientNorms();
  private NeuronRateSums rates = new NeuronRateSums();
  private double penalties;
  private double losses;

  LayerWatch(String layer, boolean hasNeurons, HealthLimits limits, LayerWarnings warnings) {
    this.layer = layer;
    this.hasNeurons = hasNeurons;
    this.limits = limits;
    this.warnings = warnings;
  }

  void addRates(INDArray activation, int iteration) {
    double rate = rates.add(activation);
    warnings.judge(
        layer,
        LayerCondition.SILENT,
        rate < limits.silentBelow(),
        iteration,
        "at least " + limits.silentBelow(),
        rate);
    warnings.judge(
        layer,
        LayerCondition.SATURATED,
        hasNeurons && rate > limits.saturatedAbove(),
        iteration,
        "at most " + limits.saturatedAbove(),
        rate);
  }

  void addGradient(double norm, int iteration) {
    boolean broken = !Double.isFinite(norm);
    warnings.judge(
        layer, LayerCondition.BROKEN_GRADIENT, broken, iteration, "a finite number", norm);
    double limit = norms.limit(limits.explodingFactor());
    boolean exploding = !broken && norm > limit;
    if (broken) {
      warnings.supersede(layer, LayerCondition.EXPLODING, LayerCondition.WITHOUT_GRADIENT);
    } else {
      warnings.judge(
          layer,
          LayerCondition.EXPLODING,
          exploding,
          iteration,
          "at most " + limit + ", " + limits.explodingFactor() + " times its mean so far",
          norm);
      warnings.judge(
          layer,
          LayerCondition.WITHOUT_GRADIENT,
          norm < limits.gradientFrom(),
          iteration,
          "at least " + limits.gradientFrom(),
          norm);
    }
    norms.add(norm, broken || exploding);
  }

  /** Adds the layer's activity regularisation in the total loss of a minibatch. */
  void addPenalty(double penalty, double loss) {
    penalties += penalty;
    losses += loss;
  }

  private OptionalDouble shareOfLoss(WatchedLayer watched) {
    return watched.hasPenalty() && losses != 0
        ? OptionalDouble.of(penalties / losses)
        : OptionalDouble.empty();
  }

  void addSlope(double slope, int iteration) {
    warnings.judge(
        layer,
        LayerCondition.ODD_SLOPE,
        !(slope >= limits.slopeFrom() && slope <= limits.slopeTo()),
        iteration,
        "from " + limits.slopeFrom() + " to " + limits.slopeTo(),
        slope);
  }

  /** Ends the epoch. */
  LayerHealth endEpoch(
      WatchedLayer watched, Map<String, LayerHealth.Energy> energies, int iteration) {
    LayerHealth.Rates epoch = LayerHealth.Rates.unknown();
    if (watched.hasRates()) {
      epoch = rates.rates(limits.saturatedFrom());
      judge(epoch, iteration);
    }
    OptionalDouble slope = watched.slope();
    slope.ifPresent(value -> addSlope(value, iteration));
    LayerHealth health =
        new LayerHealth(
            layer,
            epoch,
            slope,
            norms.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(norms.endEpoch()),
            shareOfLoss(watched),
            Optional.ofNullable(energies.get(layer)),
            Set.copyOf(warnings.of(layer)));
    rates = new NeuronRateSums();
    penalties = 0;
    losses = 0;
    return health;
  }

  /** If a whole layer is silent or saturated, its neurons need no extra warning. */
  private void judge(LayerHealth.Rates epoch, int iteration) {
    if (epoch.mean() < limits.silentBelow()
        || hasNeurons && epoch.mean() > limits.saturatedAbove()) {
      warnings.supersede(layer, LayerCondition.MOSTLY_SILENT, LayerCondition.MOSTLY_SATURATED);
      return;
    }
    warnings.judge(
        layer,
        LayerCondition.MOSTLY_SILENT,
        epoch.silent() > limits.silentShare(),
        iteration,
        "at most " + limits.silentShare(),
        epoch.silent());
    warnings.judge(
        layer,
        LayerCondition.MOSTLY_SATURATED,
        hasNeurons && epoch.saturated() > limits.saturatedShare(),
        iteration,
        "at most " + limits.saturatedShare(),
        epoch.saturated());
  }

  /** The norms of a layer's gradient: their mean over an epoch, and over all that were finite. */
  private static final class GradientNorms {

    /** The number of norms needed before one can be judged too large. */
    private static final int LEAST_KNOWN = 3;

    private double epochSum;
    private int epochCount;
    private double knownSum;
    private int known;

    /**
     * The norm, a multiple of the mean so far, above which the gradient explodes; infinity while
     * too few norms are known.
     */
    double limit(double factor) {
      return known < LEAST_KNOWN || knownSum == 0
          ? Double.POSITIVE_INFINITY
          : factor * knownSum / known;
    }

    /** Adds a norm; an exceptional one does not count towards the usual. */
    void add(double norm, boolean exceptional) {
      epochSum += norm;
      epochCount++;
      if (!exceptional) {
        knownSum += norm;
        known++;
      }
    }

    boolean isEmpty() {
      return epochCount == 0;
    }

    /** The mean over the epoch, which is then reset. */
    double endEpoch() {
      double mean = epochSum / epochCount;
      epochSum = 0;
      epochCount = 0;
      return mean;
    }
  }
}
