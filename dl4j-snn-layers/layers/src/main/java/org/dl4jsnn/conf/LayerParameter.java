package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A named parameter of a spiking layer: its shape, its initial values, and how it is treated.
 * Immutable.
 */
public final class LayerParameter {

  /** How Deeplearning4j treats a parameter. */
  public enum Kind {
    /** Learned; regularised and constrained as weights are. */
    WEIGHT,
    /** Learned; regularised and constrained as biases are. */
    BIAS,
    /** Learned; neither regularised nor constrained. */
    LEARNED,
    /** Kept with the model, but set by the layer itself; no updater touches it. */
    STATE
  }

  private final String name;
  private final Kind kind;
  private final long[] shape;
  private final double fanIn;
  private final double fanOut;

  /** One for all values or one each; empty if they are drawn. */
  private final double[] initial;

  private LayerParameter(
      String name, Kind kind, long[] shape, double fanIn, double fanOut, double... initial) {
    this.name = Require.given("name of a parameter", name);
    this.kind = kind;
    this.shape = shape.clone();
    this.fanIn = fanIn;
    this.fanOut = fanOut;
    this.initial = initial;
  }

  /**
   * {@return weights, drawn by the layer's weight initialisation}
   *
   * @param name key of the parameter
   * @param fanIn inputs of a neuron
   * @param fanOut neurons that an input reaches
   * @param shape their shape, in C order
   */
  public static LayerParameter weights(String name, double fanIn, double fanOut, long... shape) {
    return new LayerParameter(name, Kind.WEIGHT, shape, fanIn, fanOut);
  }

  /**
   * {@return one value per neuron or channel, all starting from the same value}
   *
   * @param name key of the parameter
   * @param kind how it is treated
   * @param length how many values
   * @param initial their initial value
   */
  public static LayerParameter vector(String name, Kind kind, long length, double initial) {
    return new LayerParameter(name, kind, new long[] {length}, 0, 0, initial);
  }

  /** One value per neuron or channel, with one initial value for all or one each. */
  static LayerParameter values(String name, Kind kind, long length, double[] initial) {
    Require.not(
        initial.length != 1 && initial.length != length,
        "%s must begin with one value or %s, got %s",
        name,
        length,
        initial.length);
    return new LayerParameter(name, kind, new long[] {length}, 0, 0, initial.clone());
  }

  /** What a normalisation of the given number of channels learns and keeps. */
  static List<LayerParameter> ofNormalization(CurrentNormalization normalization, long channels) {
    return Stream.of(
            CurrentNormalization.GAIN,
            CurrentNormalization.SHIFT,
            CurrentNormalization.MEAN,
            CurrentNormalization.VARIANCE)
        .map(name -> vector(name, kind(name), channels, normalization.initial(name)))
        .toList();
  }

  private static Kind kind(String ofNormalization) {
    return switch (ofNormalization) {
      case CurrentNormalization.MEAN, CurrentNormalization.VARIANCE -> Kind.STATE;
      default -> Kind.LEARNED;
    };
  }

  /** The scalars that a gradient rule keeps. */
  static List<LayerParameter> ofRule(BackpropRule rule) {
    return rule.scalars().entrySet().stream()
        .map(scalar -> vector(scalar.getKey(), Kind.STATE, 1, scalar.getValue()))
        .toList();
  }

  /** {@return the parameter's key} */
  public String name() {
    return name;
  }

  /** {@return how Deeplearning4j treats the parameter} */
  public Kind kind() {
    return kind;
  }

  /** {@return the parameter's shape: its sizes, in C order} */
  public long[] shape() {
    return shape.clone();
  }

  /** The initial values, one for all or one each; empty if they are drawn. */
  double[] initial() {
    return initial.clone();
  }

  /** Number of values. */
  long length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Writes the parameter's initial values. */
  void initialize(INDArray view, IWeightInit weights) {
    if (initial.length == 0) {
      weights.init(fanIn, fanOut, shape, 'c', view.reshape(view.length()));
    } else if (initial.length == 1) {
      view.assign(initial[0]);
    } else {
      for (int i = 0; i < initial.length; i++) {
        view.putScalar(i, initial[i]);
      }
    }
  }

  @Override
  public String toString() {
    return name + " " + Arrays.toString(shape);
  }
}
