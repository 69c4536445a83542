package org.dl4jsnn.normalize;

import java.io.Serializable;
import org.dl4jsnn.internal.Require;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch normalisation of the input currents of a weighted layer (equation 23 of
 * docs/mathematics.md): every output channel's current gets a learned mean and deviation, whatever
 * the weights and the rates below are.
 *
 * <pre>{@code
 * SpikingConvolution2D layer =
 *     new SpikingConvolution2D.Builder(3, 3)
 *         .nOut(64)
 *         .threshold(2)
 *         .normalization(new CurrentNormalization().startingAt(1, 0.2))
 *         .build();
 * }</pre>
 *
 * <pre>  c′[t] = γ · (c[t] − μ) / √(σ² + ε) + β </pre>
 *
 * <p>μ and σ² are the mean and the variance, over minibatch and positions, of the mean current of
 * the window: in training those of the minibatch, in inference running averages, which are also
 * used in training for a minibatch with a single value per channel (one sample of a fully connected
 * layer). Since the map is linear, it is folded into weights and a bias before the simulation, at
 * no cost per step.
 *
 * <p>Parameters of the layer: {@value #GAIN} (γ) and {@value #SHIFT} (β), which are learned,
 * {@value #MEAN} and {@value #VARIANCE}, the running averages; each [nOut].
 *
 * <p>Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015, arXiv 1502.03167; on mean
 * currents as in Yu et al., NeurIPS 2024, arXiv 2410.11488. Immutable.
 *
 * @param initialGain γ at the start; positive and finite
 * @param initialShift β at the start; finite
 * @param decay the share of a running average kept from minibatch to minibatch; above 0, at most 1
 * @param epsilon ε, what is added to variances; positive and finite
 * @serial exclude
 */
public record CurrentNormalization(
    @JsonProperty("initialGain") double initialGain,
    @JsonProperty("initialShift") double initialShift,
    @JsonProperty("decay") double decay,
    @JsonProperty("epsilon") double epsilon)
    implements Serializable {

  /** Key of γ among a layer's parameters. */
  public static final String GAIN = "gamma";

  /** Key of β among a layer's parameters. */
  public static final String SHIFT = "beta";

  /** Key of the running mean among a layer's parameters. */
  public static final String MEAN = "mean";

  /** Key of the running variance among a layer's parameters. */
  public static final String VARIANCE = "var";

  private static final double DEFAULT_DECAY = 0.9;
  private static final double DEFAULT_EPSILON = 1e-5;

  /** Gain 1, shift 0, decay 0.9, ε 0.00001. */
  public CurrentNormalization() {
    this(1, 0, DEFAULT_DECAY, DEFAULT_EPSILON);
  }

  /**
   * Checks the numbers.
   *
   * @param initialGain γ at the start
   * @param initialShift β at the start
   * @param decay the share of a running average kept from minibatch to minibatch
   * @param epsilon ε
   * @throws IllegalArgumentException if one is invalid
   */
  public CurrentNormalization {
    Require.positiveFinite("initial gain", initialGain);
    Require.finite("initial shift", initialShift);
    Require.fraction("decay", decay);
    Require.positiveFinite("epsilon", epsilon);
  }

  /**
   * {@return the same with other initial values of γ and β} They are currents per step, to be
   * compared with the threshold.
   *
   * @param gain γ, the deviation of the window's mean currents (those of single steps vary more);
   *     positive and finite
   * @param shift β, their mean; finite
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public CurrentNormalization startingAt(double gain, double shift) {
    return new CurrentNormalization(gain, shift, decay, epsilon);
  }

  /**
   * {@return the same with another decay of the running averages}
   *
   * @param share the share kept from minibatch to minibatch; above 0 and at most 1
   * @throws IllegalArgumentException if it is outside this range
   */
  public CurrentNormalization withDecay(double share) {
    return new CurrentNormalization(initialGain, initialShift, share, epsilon);
  }

  /**
   * {@return the same with another ε}
   *
   * @param value what is added to variances; positive and finite
   * @throws IllegalArgumentException if the value is not positive and finite
   */
  public CurrentNormalization withEpsilon(double value) {
    return new CurrentNormalization(initialGain, initialShift, decay, value);
  }

  /**
   * The initial value of a parameter.
   *
   * @param key one of the keys of this class
   * @return its initial value, the same for all channels
   * @throws IllegalArgumentException for another key
   */
  public double initial(String key) {
    return switch (key) {
      case GAIN -> initialGain;
      case SHIFT -> initialShift;
      case MEAN -> 0;
      case VARIANCE -> 1;
      default -> throw new IllegalArgumentException("no parameter of a normalisation: " + key);
    };
  }

  @Override
  public String toString() {
    return "batch normalisation from gain " + initialGain + " and shift " + initialShift;
  }
}
