package org.dl4jsnn.internal.encode;

import org.dl4jsnn.internal.Require;

/**
 * Responses of m neurons with Gaussian tuning curves to features (equation 48 of
 * docs/mathematics.md).
 *
 * @param neurons m
 * @param min the lower end of the features' range
 * @param max the upper end
 * @param overlap β
 */
public record TunedResponses(int neurons, double min, double max, double overlap) {

  /** The fewest neurons of a feature. */
  public static final int FEWEST = 3;

  /** Checks the settings. Throws an IllegalArgumentException if a value is out of range. */
  public TunedResponses {
    Require.atLeast("neurons of a feature", neurons, FEWEST);
    Require.finite("min", min);
    Require.finite("max", max);
    Require.positiveFinite("overlap", overlap);
    Require.positiveFinite("max - min", max - min);
    Require.positiveFinite("width of a tuning curve", (max - min) / (neurons - 2) / overlap);
  }

  private double distance() {
    return (max - min) / (neurons - 2);
  }

  /**
   * The feature to which a neuron responds most.
   *
   * @param neuron k, from 0
   */
  public double centre(int neuron) {
    return min + (neuron - 0.5) * distance();
  }

  /** The width of the response. */
  public double width() {
    return distance() / overlap;
  }

  /**
   * How strongly a neuron responds.
   *
   * @param neuron k, from 0
   * @return the response, from 0 to 1
   */
  public double response(int neuron, double feature) {
    double away = (feature - centre(neuron)) / width();
    return Math.exp(-away * away / 2);
  }

  /**
   * The responses to features: channel i becomes the channels i · m to i · m + m − 1.
   *
   * @param x features of all samples in array order
   * @return m times as many values
   * @throws IllegalArgumentException if a feature is not finite
   */
  public float[] of(float[] x, int perSample, int positions) {
    HostFeatures.finite(x, perSample);
    float[] responses = new float[Math.multiplyExact(neurons, x.length)];
    for (int i = 0; i < responses.length; i++) {
      responses[i] = (float) response(neuron(i, positions), x[feature(i, positions)]);
    }
    return responses;
  }

  /**
   * {@return the neuron of a feature that a response is of: k, from 0}
   *
   * @param response its index
   */
  public int neuron(int response, int positions) {
    return response / positions % neurons;
  }

  /**
   * The feature that a response is to.
   *
   * @param response its index
   * @return its index
   */
  public int feature(int response, int positions) {
    return response / (positions * neurons) * positions + response % positions;
  }
}
