package org.dl4jsnn.property;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingLayerBuilder;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer. It fits any input: where its window does not, the window is of one position, and over a
 * vector it is a dense layer.
 *
 * @param kind which
 * @param outputs neurons, or output channels
 * @param window the window of a convolution or pooling
 * @param bias whether a weighted layer has a bias
 * @param normalised whether a weighted layer's currents are normalised
 * @param neuron the neurons
 */
record LayerPlan(
    Kind kind,
    int outputs,
    WindowPlan window,
    boolean bias,
    boolean normalised,
    NeuronPlan neuron) {

  /** The kinds of layers. */
  enum Kind {
    DENSE,
    CONVOLUTION,
    DEPTHWISE,
    AVERAGE,
    MAXIMUM,
    SUM,
    DROPOUT,
    ACCUMULATION
  }

  private static final double RETAINED = 0.5;
  private static final int MOST_MULTIPLIERS = 3;

  /** Sizes around the widths of words and vectors; few are large. */
  private static final Arbitrary<Integer> SIZES =
      Arbitraries.frequencyOf(
          Tuple.of(5, Arbitraries.of(1, 2, 3, 5, 7, 8, 9)),
          Tuple.of(3, Arbitraries.of(15, 16, 17, 20)),
          Tuple.of(2, Arbitraries.of(31, 32, 33)),
          Tuple.of(1, Arbitraries.of(63, 64, 65)));

  static Arbitrary<LayerPlan> any() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(3, Kind.DENSE),
                Tuple.of(4, Kind.CONVOLUTION),
                Tuple.of(2, Kind.AVERAGE),
                Tuple.of(1, Kind.MAXIMUM),
                Tuple.of(1, Kind.DEPTHWISE),
                Tuple.of(1, Kind.SUM),
                Tuple.of(1, Kind.DROPOUT)),
            SIZES,
            WindowPlan.any(),
            Arbitraries.of(false, true),
            Arbitraries.of(false, false, true),
            NeuronPlan.any())
        .as(LayerPlan::new);
  }

  boolean weighted(FeatureShape input) {
    return kind == Kind.CONVOLUTION
        || kind == Kind.DEPTHWISE
        || kind == Kind.DENSE
        || !input.spatial() && !passes();
  }

  private boolean passes() {
    return kind == Kind.DROPOUT || kind == Kind.ACCUMULATION;
  }

  LayerPlan withKind(Kind other) {
    return new LayerPlan(other, outputs, window, bias, normalised, neuron);
  }

  LayerPlan withoutNormalisation() {
    return new LayerPlan(kind, outputs, window, bias, false, neuron);
  }

  LayerPlan withOutputs(int other) {
    return new LayerPlan(kind, other, window, bias, normalised, neuron);
  }

  LayerPlan with(NeuronPlan other) {
    return new LayerPlan(kind, outputs, window, bias, normalised, other);
  }

  LayerPlan with(WindowPlan other) {
    return new LayerPlan(kind, outputs, other, bias, normalised, neuron);
  }

  LayerPlan notNormalised() {
    return new LayerPlan(kind, outputs, window, bias, false, neuron);
  }

  /** The configuration over an input, with the default rule. */
  Layer layer(FeatureShape input, Arithmetic arithmetic) {
    return layer(input, arithmetic, null);
  }

  /**
   * The configuration over an input; normalised currents are never exact.
   *
   * @param rule how the layer learns; null for the default
   */
  Layer layer(FeatureShape input, Arithmetic arithmetic, BackpropRule rule) {
    Kind fitting = input.spatial() || passes() ? kind : Kind.DENSE;
    CurrentNormalization normalization =
        normalised && arithmetic == Arithmetic.ROUGH ? new CurrentNormalization() : null;
    boolean biased = bias && normalization == null;
    return switch (fitting) {
      case DENSE ->
          settings(new SpikingDense.Builder().nOut(outputs), arithmetic, rule)
              .hasBias(biased)
              .normalization(normalization)
              .build();
      case CONVOLUTION -> {
        WindowPlan w = window.fitting(input);
        SpikingConvolution2D.Builder builder =
            settings(
                    new SpikingConvolution2D.Builder(w.height(), w.width()).nOut(outputs),
                    arithmetic,
                    rule)
                .stride(w.strideRows(), w.strideColumns())
                .dilation(w.dilation(), w.dilation())
                .hasBias(biased)
                .normalization(normalization);
        yield (w.same() ? builder : builder.padding(w.padding(), w.padding())).build();
      }
      case DEPTHWISE -> {
        WindowPlan w = window.fitting(input);
        SpikingDepthwiseConvolution2D.Builder builder =
            settings(
                    new SpikingDepthwiseConvolution2D.Builder(w.height(), w.width())
                        .depthMultiplier(1 + outputs % MOST_MULTIPLIERS),
                    arithmetic,
                    rule)
                .stride(w.strideRows(), w.strideColumns())
                .dilation(w.dilation(), w.dilation())
                .hasBias(biased)
                .normalization(normalization);
        yield (w.same() ? builder : builder.padding(w.padding(), w.padding())).build();
      }
      case AVERAGE -> settings(average(input, arithmetic), arithmetic, rule).build();
      case MAXIMUM -> pooling(PoolingType.MAX, input, window).build();
      case SUM -> pooling(PoolingType.SUM, input, window).build();
      case DROPOUT -> new SpikingDropout.Builder().retain(RETAINED).build();
      case ACCUMULATION -> new SpikeAccumulation.Builder().build();
    };
  }

  private SpikingPooling2D.Builder average(FeatureShape input, Arithmetic arithmetic) {
    WindowPlan w = arithmetic == Arithmetic.EXACT ? window.ofPowersOfTwo() : window;
    return pooling(PoolingType.AVG, input, w);
  }

  private static SpikingPooling2D.Builder pooling(
      PoolingType type, FeatureShape input, WindowPlan window) {
    WindowPlan w = window.withoutPadding().fitting(input);
    return new SpikingPooling2D.Builder(type, w.height(), w.width())
        .stride(w.strideRows(), w.strideColumns());
  }

  private <T extends SpikingLayerBuilder<T>> T settings(
      T builder, Arithmetic arithmetic, BackpropRule rule) {
    T settled = neuron.applyTo(builder, arithmetic, rule);
    return rule == null ? settled : settled.backprop(rule);
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
