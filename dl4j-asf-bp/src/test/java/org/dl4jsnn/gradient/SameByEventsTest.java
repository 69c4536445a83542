package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.conf.WeightedLayerBuilder;
import org.dl4jsnn.gradient.surrogate.Everywhere;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.monitor.ActivePairs;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient by events is that of the dense pass, also where random networks of the property
 * tests have no such layer.
 */
class SameByEventsTest {

  private static final int STEPS = 9;
  private static final Surrogate TRIANGLE = Surrogate.triangular(0.8);
  private static final SpikingNeuron HARD = neuron(Reset.toZero());
  private static final SpikingNeuron SUBTRACTIVE = neuron(Reset.bySubtraction());

  private static SpikingNeuron neuron(Reset reset) {
    return new SpikingNeuron(0.4, 0.8, reset, 0.1);
  }

  /** How a rule treats resets. */
  private enum Resets {
    DEFAULT,
    DETACHED,
    ATTACHED;

    SpatioTemporalBackprop rule(Surrogate surrogate) {
      SpatioTemporalBackprop rule = new SpatioTemporalBackprop(surrogate);
      return switch (this) {
        case DEFAULT -> rule.withWidthInThresholds();
        case DETACHED -> rule.withDetachedReset();
        case ATTACHED -> rule.withAttachedReset();
      };
    }
  }

  private static SpikingDense dense(NeuronDynamics neuron) {
    return new SpikingDense.Builder().nOut(12).hasBias(true).neuron(neuron).build();
  }

  private static SpikingRecurrent recurrent(NeuronDynamics neuron, boolean oneToOne) {
    return new SpikingRecurrent.Builder().nOut(11).oneToOne(oneToOne).neuron(neuron).build();
  }

  private static SpikingConvolution2D convolution(
      int rows, int columns, int dilation, int padding) {
    return new SpikingConvolution2D.Builder(rows, columns)
        .nOut(5)
        .dilation(1, dilation)
        .padding(padding, padding)
        .neuron(HARD)
        .build();
  }

  /** Means and variances over samples and positions. */
  private static Layer normalized(WeightedLayerBuilder<?> builder) {
    return builder.nOut(6).normalization(new CurrentNormalization()).neuron(HARD).build();
  }

  private static SpikingConvolution1D convolution1D(int stride) {
    return new SpikingConvolution1D.Builder(3).nOut(5).stride(stride).neuron(SUBTRACTIVE).build();
  }

  private static SpikingDelay delay() {
    return new SpikingDelay.Builder().steps(2).build();
  }

  private static Layer[] reading(MembraneReadOut reads) {
    return new Layer[] {
      new LeakyReadOut.Builder().nOut(4).leak(0.7).reads(reads).build(),
      reads == MembraneReadOut.COURSE ? Networks.readOutInTime(3) : Networks.readOut(3)
    };
  }

  private static Arguments vectors(String name, Layer... layers) {
    return Arguments.of(name, new Input(new long[] {5, 7, STEPS}), List.of(layers));
  }

  private static Arguments films(String name, int samples, int height, int width, Layer... layers) {
    Input input = new Input(new long[] {samples, 2, STEPS, height, width});
    return Arguments.of(name, input, List.of(layers));
  }

  /**
   * Frames of vectors, [minibatch, n, T], or of images, [minibatch, channels, T, height, width].
   */
  private record Input(long... shape) {

    InputType type() {
      return shape.length == 3
          ? InputType.recurrent(shape[1])
          : Networks.film(STEPS, (int) shape[3], (int) shape[4], (int) shape[1]);
    }
  }

  static Stream<Arguments> networks() {
    Layer out = Networks.readOut(3);
    NeuronDynamics adaptive = new AdaptiveNeuron(HARD, 0.2, 0.9);
    Layer[] mean = reading(MembraneReadOut.MEAN);
    Layer[] course = reading(MembraneReadOut.COURSE);
    return Stream.of(
        vectors("dense, hard reset", dense(HARD), dense(HARD), out),
        Arguments.of(
            "one step of one sample",
            new Input(new long[] {1, 7, 1}),
            List.of(dense(HARD), dense(HARD), out)),
        vectors("dense, reset by subtraction", dense(SUBTRACTIVE), dense(SUBTRACTIVE), out),
        vectors("dense, adaptive", dense(adaptive), dense(adaptive), out),
        vectors("recurrent", dense(HARD), recurrent(SUBTRACTIVE, false), dense(HARD), out),
        vectors("recurrent, one to one", dense(HARD), recurrent(HARD, true), dense(HARD), out),
        vectors("recurrent, adaptive", recurrent(adaptive, false), recurrent(adaptive, true), out),
        vectors("delay", dense(HARD), delay(), dense(SUBTRACTIVE), delay(), dense(HARD), out),
        vectors("membranes' means", dense(HARD), dense(SUBTRACTIVE), mean[0], mean[1]),
        vectors("membranes' course", dense(HARD), recurrent(HARD, false), course[0], course[1]),
        vectors("frozen", dense(HARD), new FrozenLayerWithBackprop(dense(HARD)), dense(HARD), out),
        films(
            "dilated to one position",
            4,
            1,
            3,
            convolution(1, 1, 1, 0),
            convolution(1, 2, 2, 0),
            out),
        films("dilated", 4, 5, 6, convolution(3, 3, 1, 1), convolution(3, 2, 2, 2), out),
        films(
            "more samples than parts",
            37,
            4,
            4,
            convolution(3, 3, 1, 1),
            convolution(3, 3, 1, 1),
            out),
        films(
            "normalised",
            37,
            4,
            4,
            normalized(new SpikingConvolution2D.Builder(3, 3)),
            normalized(new SpikingConvolution2D.Builder(3, 3)),
            normalized(new SpikingDense.Builder()),
            out),
        films("in one dimension", 3, 1, 8, convolution1D(1), convolution1D(2), out));
  }

  static Stream<Arguments> cases() {
    return networks()
        .flatMap(
            network ->
                Stream.of(Resets.values())
                    .map(
                        resets -> {
                          Object[] of = network.get();
                          return Arguments.of(of[0] + ", " + resets, of[1], of[2], resets);
                        }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldHaveTheGradientOfTheDensePass(
      String name, Input input, List<Layer> layers, Resets resets) {
    MultiLayerNetwork byEvents = network(input, layers, resets.rule(TRIANGLE));
    MultiLayerNetwork dense = network(input, layers, resets.rule(Everywhere.of(TRIANGLE)));
    INDArray expected = gradient(dense, input);
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0 && Double.isFinite(norm), "norm " + norm);
    assertEquals(0, gradient(byEvents, input).distance2(expected) / norm, 1e-5);
    assertTrue(ActivePairs.of(byEvents, features(input)).stream().allMatch(ActivePairs::byEvents));
  }

  private static MultiLayerNetwork network(Input input, List<Layer> layers, BackpropRule rule) {
    Layer[] copies = layers.stream().map(Layer::clone).toArray(Layer[]::new);
    MultiLayerConfiguration configuration =
        Networks.row(Networks.seeded(3).list().layer(SpikeEncoding.frames().build()), copies)
            .setInputType(input.type())
            .build();
    BackpropRules.apply(configuration, rule);
    return Networks.of(configuration);
  }

  private static INDArray features(Input input) {
    Nd4j.getRandom().setSeed(7);
    return Nd4j.rand(DataType.FLOAT, input.shape()).gt(0.6).castTo(DataType.FLOAT);
  }

  private static INDArray gradient(MultiLayerNetwork network, Input input) {
    INDArray features = features(input);
    Networks.backprop(network, features, Nd4j.rand(network.output(features).shape()));
    return network.gradient().gradient();
  }
}
