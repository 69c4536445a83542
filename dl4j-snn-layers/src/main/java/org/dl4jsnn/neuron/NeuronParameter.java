package org.dl4jsnn.neuron;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * A number in a neuron's equations, such as its threshold: one for all neurons of a layer, or one a
 * channel. Immutable.
 */
public final class NeuronParameter {

  private final String name;
  private final double[] values;

  private NeuronParameter(String name, double[] values) {
    this.name = Require.given("name of a neuron's parameter", name);
    this.values = values;
    for (double value : values) {
      Require.finite(name, value);
    }
  }

  /**
   * A parameter that all neurons of a layer share.
   *
   * @param name what it is, as messages name it
   * @param value its value; finite
   * @return the parameter
   * @throws IllegalArgumentException if the value is not finite
   */
  public static NeuronParameter ofLayer(String name, double value) {
    return new NeuronParameter(name, new double[] {value});
  }

  /**
   * A parameter of which every channel has its own; every neuron of a vector is a channel.
   *
   * @param name what it is, as messages name it
   * @param values one value a channel, at least one; finite
   * @return the parameter
   * @throws IllegalArgumentException if there is no value, or one is not finite
   */
  public static NeuronParameter ofChannels(String name, double... values) {
    Require.atLeast("values of " + name, values.length, 1);
    return new NeuronParameter(name, values.clone());
  }

  /**
   * What the parameter is.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The value of every channel.
   *
   * @param channels how many channels the layer has
   * @return one value a channel
   * @throws IllegalArgumentException if the parameter has another number of values, and more than
   *     one
   */
  public double[] ofChannels(int channels) {
    if (values.length == 1) {
      double[] same = new double[channels];
      Arrays.fill(same, values[0]);
      return same;
    }
    if (values.length != channels) {
      throw new IllegalArgumentException(
          name
              + " must have one value, or one for each of the layer's "
              + channels
              + " channels, got "
              + values.length);
    }
    return values.clone();
  }

  /**
   * Whether every neuron has this value.
   *
   * @param value the value
   * @return false where a channel has another
   */
  boolean isEverywhere(double value) {
    return Arrays.stream(values).allMatch(own -> own == value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeuronParameter that
        && name.equals(that.name)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + " " + (values.length == 1 ? values[0] + "" : Arrays.toString(values));
  }
}
