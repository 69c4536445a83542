package org.dl4jsnn.neuron;

import java.util.Arrays;
import java.util.Objects;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Require;

/**
 * A number in a neuron's equations, such as its threshold: one for all neurons of a layer, or one
 * per channel. A layer can learn it if it has {@linkplain #within bounds}. Immutable.
 */
public final class NeuronParameter {

  /** θ. */
  public static final String THRESHOLD = "threshold";

  /** λ, the share of the membrane potential kept from step to step. */
  public static final String LEAK = "leak";

  /** β, the share of the synaptic current kept from step to step. */
  public static final String SYNAPTIC_DECAY = "synaptic decay";

  /** γ, what a spike adds to an adaptive threshold. */
  public static final String ADAPTATION_STRENGTH = "adaptation strength";

  /** ϱ, the share of the adaptation kept from step to step. */
  public static final String ADAPTATION_DECAY = "adaptation decay";

  /** α, the share of the membrane potential kept, whose complement is the share of the current. */
  public static final String MEMBRANE_DECAY = "membrane decay";

  /** a, how the membrane potential adapts a neuron. */
  public static final String FEEDBACK = "feedback";

  /** b, how a spike adapts a neuron. */
  public static final String SPIKE_ADAPTATION = "spike adaptation";

  private final String name;
  private final double[] values;

  /** Null if the parameter cannot be learned. */
  private final ParameterBounds bounds;

  private final boolean learned;

  private NeuronParameter(String name, double[] values, ParameterBounds bounds, boolean learned) {
    this.name = Require.given("name of a neuron's parameter", name);
    this.values = values;
    this.bounds = bounds;
    this.learned = learned;
    for (double value : values) {
      Require.finite(name, value);
    }
  }

  /**
   * {@return a parameter that all neurons of a layer share}
   *
   * @param name its name, as in messages
   * @param value its value; finite
   * @throws IllegalArgumentException if the value is not finite
   */
  public static NeuronParameter ofLayer(String name, double value) {
    return new NeuronParameter(name, new double[] {value}, null, false);
  }

  /**
   * {@return a parameter with one value per channel; every neuron of a vector is a channel}
   *
   * @param name its name, as in messages
   * @param values one value per channel, at least one; finite
   * @throws IllegalArgumentException if no value is given, or one is not finite
   */
  public static NeuronParameter ofChannels(String name, double... values) {
    Require.atLeast("values of " + name, values.length, 1);
    return new NeuronParameter(name, values.clone(), null, false);
  }

  /**
   * {@return the same parameter, but learnable within bounds (equation 40 of docs/mathematics.md)}
   * Its neuron gives the derivatives with respect to it, {@link
   * DifferentiableDynamics#differentiateByParameters}.
   *
   * @param lower exclusive lower bound of every value; finite
   * @param upper exclusive upper bound of every value; infinite for no bound
   * @throws IllegalArgumentException if the upper bound is not above the lower one
   */
  public NeuronParameter within(double lower, double upper) {
    return new NeuronParameter(name, values, new ParameterBounds(lower, upper), learned);
  }

  /** {@return whether a layer can learn the parameter; true if it has bounds} */
  public boolean isLearnable() {
    return bounds != null;
  }

  /**
   * {@return whether the neuron's layer learns the parameter, so that gradient rules must compute
   * its gradient; false for a fixed parameter}
   */
  public boolean isLearned() {
    return learned;
  }

  /**
   * The free numbers through which the values are learned.
   *
   * @return one for all neurons, or one per channel
   * @throws IllegalArgumentException if a value is not within the bounds
   */
  @Internal
  public double[] free() {
    double[] free = new double[values.length];
    for (int i = 0; i < free.length; i++) {
      Require.not(
          !bounds.contains(values[i]),
          "%s must begin %s to be learned, got %s%s",
          name,
          bounds,
          values[i],
          Double.isFinite(bounds.upper())
              ? ". Possible cause: the default, which stands for none"
              : "");
      free[i] = bounds.free(values[i]);
    }
    return free;
  }

  /**
   * The same parameter with learned values.
   *
   * @param free the free numbers, one for all neurons or one per channel
   * @return the parameter with the values that they stand for
   * @throws IllegalArgumentException if a number is not finite
   */
  @Internal
  public NeuronParameter learned(double[] free) {
    double[] current = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      Require.not(
          !Double.isFinite(free[i]),
          "learned %s must come from a finite number, got %s. Possible cause:"
              + " gradients that became infinite; a lower learning rate, or gradient"
              + " clipping",
          name,
          free[i]);
      current[i] = bounds.value(free[i]);
    }
    return new NeuronParameter(name, current, bounds, true);
  }

  /**
   * {@return dp/dw, how fast a value changes with its free number}
   *
   * @param free the free number
   */
  @Internal
  public double slope(double free) {
    return bounds.slope(free);
  }

  /** {@return whether all neurons share one value; false if every channel has its own} */
  public boolean isOfLayer() {
    return values.length == 1;
  }

  /** {@return the mean of all values; the value itself if all neurons share one} */
  public double mean() {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** {@return the parameter's name} */
  public String name() {
    return name;
  }

  /**
   * The value of every channel.
   *
   * @param channels how many channels the layer has
   * @return one value per channel
   * @throws IllegalArgumentException if the number of values is neither one nor the number of
   *     channels
   */
  public double[] ofChannels(int channels) {
    if (values.length == 1) {
      double[] same = new double[channels];
      Arrays.fill(same, values[0]);
      return same;
    }
    Require.not(
        values.length != channels,
        "%s must have one value, or one for each of the layer's %s channels, got %s",
        name,
        channels,
        values.length);
    return values.clone();
  }

  /**
   * {@return whether every neuron has this value; false if a channel has another}
   *
   * @param value the value
   */
  boolean isEverywhere(double value) {
    return Arrays.stream(values).allMatch(own -> own == value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeuronParameter that
        && name.equals(that.name)
        && Arrays.equals(values, that.values)
        && Objects.equals(bounds, that.bounds)
        && learned == that.learned;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, Arrays.hashCode(values), bounds, learned);
  }

  @Override
  public String toString() {
    return name + " " + (values.length == 1 ? values[0] + "" : Arrays.toString(values));
  }
}
