package org.dl4jsnn.regularize;

import java.io.Serializable;
import org.dl4jsnn.internal.Require;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps the firing rate of every neuron of a layer within bounds, by a term of the loss (equation
 * 49 of docs/mathematics.md):
 *
 * <pre>{@code
 * SpikingDense layer =
 *     new SpikingDense.Builder()
 *         .nOut(200)
 *         .firingRateRegularization(new FiringRateRegularization(0.01, 0.2, 0.1))
 *         .build();
 * }</pre>
 *
 * <pre>  strength · Σ_i ( max(0, lower − r̄_i)² + max(0, r̄_i − upper)² ) </pre>
 *
 * with r̄_i the mean rate of neuron i over the minibatch, so a neuron must fire for some samples
 * and may be silent for others. The gradient reaches weights through the layer's gradient rule, so
 * it does not wake a neuron that gets no current or, under a surrogate, is too far from its
 * threshold.
 *
 * <p>Source of the quadratic bounds: Zenke and Vogels, "The remarkable robustness of surrogate
 * gradient learning for instilling complex function in spiking neural networks", Neural Computation
 * 33, 2021, who use spike counts of single samples for the lower bound.
 *
 * @param lower the lowest rate, spikes / T; from 0 (no bound) to 1
 * @param upper the highest rate; from lower to 1 (no bound)
 * @param strength the loss added by a neuron whose rate is out of bounds by 1; positive and finite
 * @serial exclude
 */
public record FiringRateRegularization(double lower, double upper, double strength)
    implements Serializable {

  /**
   * Checks the settings.
   *
   * @param lower the least rate
   * @param upper the highest rate
   * @param strength the loss added by a neuron whose rate is out of bounds by 1
   * @throws IllegalArgumentException if a setting is invalid
   */
  @JsonCreator
  public FiringRateRegularization(
      @JsonProperty("lower") double lower,
      @JsonProperty("upper") double upper,
      @JsonProperty("strength") double strength) {
    Require.not(
        !(lower >= 0 && lower <= upper && upper <= 1),
        "bounds of firing rates must be in order from 0 to 1, got %s and %s."
            + " Possible cause: spikes of a window instead of spikes / T",
        lower,
        upper);
    this.lower = lower;
    this.upper = upper;
    this.strength = Require.positiveFinite("strength", strength);
  }

  /**
   * {@return the loss added by a neuron}
   *
   * @param rate its mean rate over the minibatch
   */
  public double penalty(double rate) {
    double outside = outside(rate);
    return strength * outside * outside;
  }

  /**
   * {@return the derivative of {@link #penalty}}
   *
   * @param rate the neuron's mean rate over the minibatch
   */
  public double slope(double rate) {
    return 2 * strength * outside(rate);
  }

  /** How far a rate is out of bounds; negative below them. */
  private double outside(double rate) {
    return Math.max(0, rate - upper) - Math.max(0, lower - rate);
  }
}
