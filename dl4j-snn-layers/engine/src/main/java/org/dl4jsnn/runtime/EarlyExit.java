package org.dl4jsnn.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.dl4jsnn.internal.Require;

/**
 * When an answer is sure enough to stop before the end of its window (equations 84 to 86 of
 * docs/mathematics.md). Immutable.
 *
 * <pre>{@code
 * EarlyExit sure = EarlyExit.lead(0.5).notBefore(2);
 * Answer answer = SpikingModel.load(file).run(sure, pixels);
 * }</pre>
 *
 * <p>Sources: the lead of the largest output, Wu et al., "Optimizing event-driven spiking neural
 * network with regularization and cutoff", Frontiers in Neuroscience 2025, who compare it with a
 * bound per step that training data give; confidence, Li et al., "SEENN: towards temporal spiking
 * early-exit neural networks", NeurIPS 2023, whose learned policy is not here; entropy, Li et al.,
 * "Input-aware dynamic timestep spiking neural networks for efficient in-memory computing", DAC
 * 2023, who divide it by the logarithm of the number of classes.
 */
public final class EarlyExit {

  /** What tells how sure an answer is. */
  public enum Measure {
    /** The largest output less the second; any outputs have it. */
    LEAD,
    /** The largest output, a probability. */
    CONFIDENCE,
    /** The entropy of the outputs, probabilities, in nats; 0 is surest. */
    ENTROPY;

    /**
     * The measure of an answer.
     *
     * @param outputs one per class; a single one, p, counts as p and 1 − p
     * @return its value; NaN if an output is NaN
     * @throws IllegalArgumentException if there are no outputs, or they are no probabilities and
     *     the measure needs some: each from 0 to 1, together 1
     */
    public double of(double... outputs) {
      Require.not(outputs.length == 0, "outputs must be at least one, got none");
      double[] classes =
          outputs.length == 1 ? new double[] {outputs[0], 1 - outputs[0]} : outputs.clone();
      Require.not(
          !takes(classes),
          "outputs must be probabilities, from 0 to 1 and together 1, for %s, got %s. Possible cause:"
              + " a network that ends without softmax; EarlyExit.lead takes any outputs",
          this,
          Arrays.toString(outputs));
      if (Arrays.stream(classes).anyMatch(Double::isNaN)) {
        return Double.NaN;
      }
      Arrays.sort(classes);
      double largest = classes[classes.length - 1];
      return switch (this) {
        // Also of two infinite outputs, neither of which leads.
        case LEAD -> largest == classes[classes.length - 2] ? 0 : lead(classes);
        case CONFIDENCE -> largest;
        case ENTROPY -> Arrays.stream(classes).map(Measure::ofEntropy).sum();
      };
    }

    private static double lead(double... sorted) {
      return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static double ofEntropy(double p) {
      return p > 0 ? -p * Math.log(p) : 0;
    }

    /**
     * Whether outputs have this measure.
     *
     * @param outputs one per class
     * @return false if it needs probabilities and they are none
     */
    public boolean takes(double... outputs) {
      double sum = outputs.length == 1 ? 1 : Arrays.stream(outputs).sum();
      return this == LEAD
          || Arrays.stream(outputs).anyMatch(Double::isNaN)
          || Math.abs(sum - 1) < OF_ROUNDING
              && Arrays.stream(outputs).allMatch(p -> p >= 0 && p <= 1 + OF_ROUNDING);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What half precision may leave a sum of probabilities from 1. */
  private static final double OF_ROUNDING = 1e-2;

  private static final EarlyExit NEVER =
      new EarlyExit(Measure.LEAD, Double.POSITIVE_INFINITY, Integer.MAX_VALUE);

  private final Measure measure;
  private final double limit;
  private final int leastSteps;

  private EarlyExit(Measure measure, double limit, int leastSteps) {
    this.measure = measure;
    this.limit = limit;
    this.leastSteps = leastSteps;
  }

  /**
   * {@return a policy by a measure: sure from the limit on, for entropy down from it}
   *
   * @param measure what tells how sure an answer is
   * @param limit for a lead not negative, for confidence from 0 to 1, for entropy not negative;
   *     finite
   * @throws IllegalArgumentException if it is another number
   */
  public static EarlyExit of(Measure measure, double limit) {
    Require.given("measure", measure);
    String name = measure.toString();
    if (measure == Measure.CONFIDENCE) {
      Require.share(name, limit);
    } else {
      Require.not(
          !(limit >= 0) || Double.isInfinite(limit),
          "%s must be finite and not negative, got %s",
          name,
          limit);
    }
    return new EarlyExit(measure, limit, 1);
  }

  /**
   * {@return sure if the largest output leads the second by so much}
   *
   * @param lead in the unit of the outputs, finite and not negative
   * @throws IllegalArgumentException if it is another number
   */
  public static EarlyExit lead(double lead) {
    return of(Measure.LEAD, lead);
  }

  /**
   * {@return sure if the largest probability is so large}
   *
   * @param confidence from 0 to 1
   * @throws IllegalArgumentException if it is another number
   */
  public static EarlyExit confidence(double confidence) {
    return of(Measure.CONFIDENCE, confidence);
  }

  /**
   * {@return sure if the entropy of the probabilities is at most so large}
   *
   * @param nats finite and not negative
   * @throws IllegalArgumentException if it is another number
   */
  public static EarlyExit entropy(double nats) {
    return of(Measure.ENTROPY, nats);
  }

  /** {@return never sure: every sample runs for its whole window} */
  public static EarlyExit never() {
    return NEVER;
  }

  /**
   * {@return this policy, but never sure before some steps}
   *
   * @param steps the fewest steps, at least 1
   * @throws IllegalArgumentException if they are fewer
   */
  public EarlyExit notBefore(int steps) {
    return new EarlyExit(measure, limit, Require.atLeast("steps", steps, 1));
  }

  /** {@return the fewest steps, which may run at once} */
  public int leastSteps() {
    return leastSteps;
  }

  /**
   * Whether an answer is sure.
   *
   * @param steps the steps after which it was given
   * @param outputs its outputs
   * @return false before the least number of steps, and for NaN
   * @throws IllegalArgumentException as {@link Measure#of}
   */
  public boolean isSure(int steps, double... outputs) {
    double value = measure.of(outputs);
    return steps >= leastSteps && (measure == Measure.ENTROPY ? value <= limit : value >= limit);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EarlyExit that
        && measure == that.measure
        && Double.compare(limit, that.limit) == 0
        && leastSteps == that.leastSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(measure, limit, leastSteps);
  }

  @Override
  public String toString() {
    if (Double.isInfinite(limit)) {
      return "never";
    }
    String when = measure + (measure == Measure.ENTROPY ? " at most " : " at least ") + limit;
    return leastSteps == 1 ? when : when + ", not before step " + leastSteps;
  }
}
