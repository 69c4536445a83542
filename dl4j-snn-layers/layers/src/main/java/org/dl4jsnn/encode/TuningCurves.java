package org.dl4jsnn.encode;

import java.io.Serializable;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Gaussian tuning curves (equation 48 of docs/mathematics.md): how strongly each of m neurons
 * responds to a feature.
 *
 * <pre>{@code
 * TuningCurves curves = new TuningCurves(8, -1, 1); // neurons per feature
 * SpikeEncoder encoder = SpikeEncoder.population(curves, SpikeEncoder.direct(10, 1));
 * }</pre>
 *
 * <pre>
 *   exp(−(x − μ_k)² / 2σ²),   μ_k = min + (k − 1/2) · d,   σ = d / β,   d = (max − min) / (m − 2)
 * </pre>
 *
 * with k from 0 to m − 1: the centres lie d apart, the outermost d / 2 outside the range.
 *
 * <p>Source of centres and width: Bohte, Kok and La Poutré, "Error-backpropagation in temporally
 * encoded networks of spiking neurons", Neurocomputing 48, 2002, with β = 1.5.
 *
 * @param neurons m, neurons per feature; at least 3
 * @param min the lower end of the features' range; finite
 * @param max the upper end; finite and above it
 * @param overlap β: centres lie β widths apart; positive and finite
 * @serial exclude
 */
public record TuningCurves(int neurons, double min, double max, double overlap)
    implements Serializable {
  private static final double PUBLISHED_OVERLAP = 1.5;

  /**
   * Checks the settings.
   *
   * @param neurons m
   * @param min the lower end of the features' range
   * @param max the upper end
   * @param overlap β
   * @throws IllegalArgumentException if a setting is invalid
   */
  @JsonCreator
  public TuningCurves(
      @JsonProperty("neurons") int neurons,
      @JsonProperty("min") double min,
      @JsonProperty("max") double max,
      @JsonProperty("overlap") double overlap) {
    this.neurons = neurons;
    this.min = min;
    this.max = max;
    this.overlap = overlap;
    responses(); // refuses numbers that break a rule
  }

  /**
   * Tuning curves with β = 1.5.
   *
   * @param neurons m, neurons per feature; at least 3
   * @param min the lower end of the features' range; finite
   * @param max the upper end; finite and above it
   * @throws IllegalArgumentException if a setting is invalid
   */
  public TuningCurves(int neurons, double min, double max) {
    this(neurons, min, max, PUBLISHED_OVERLAP);
  }

  /** The same on plain arrays. */
  TunedResponses responses() {
    return new TunedResponses(neurons, min, max, overlap);
  }

  /**
   * {@return the feature to which a neuron responds most}
   *
   * @param neuron k, from 0
   */
  public double centre(int neuron) {
    return responses().centre(neuron);
  }

  /** {@return the width of the response} */
  public double width() {
    return responses().width();
  }

  /**
   * How strongly a neuron responds.
   *
   * @param neuron k, from 0
   * @param feature x
   * @return the response, from 0 to 1
   */
  public double response(int neuron, double feature) {
    return responses().response(neuron, feature);
  }

  /**
   * {@return the derivative of the response with respect to the feature}
   *
   * @param neuron k, from 0
   * @param feature x
   */
  public double slope(int neuron, double feature) {
    double response = response(neuron, feature);
    return response == 0 ? 0 : (centre(neuron) - feature) / width() / width() * response;
  }
}
