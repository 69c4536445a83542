package org.dl4jsnn.gradient;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Sums have no neurons, so a sum and the dense layer behind it are one dense layer with every
 * weight repeated for all inputs of a window: the same spikes, and the same gradients below.
 */
class LayersWithoutNeuronsTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 4, 8);
  private static final int CHANNELS = 3;
  private static final int STEPS = 7;
  private static final int HIDDEN = 5;

  public record OfRates() implements BackpropRule {

    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      return pass.propagate(pass.gate(rateGradient, 0.5));
    }
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (BackpropRule rule : List.of(new SpatioTemporalBackprop(), new OfRates())) {
      cases.add(Arguments.of(new SpikingPooling2D.Builder(PoolingType.SUM, 2, 4).build(), rule));
      cases.add(Arguments.of(new SpikingGlobalPooling.Builder(PoolingType.SUM).build(), rule));
      cases.add(Arguments.of(new SpikingGlobalPooling.Builder(PoolingType.AVG).build(), rule));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void shouldBePartOfTheDenseLayerBehindThem(Layer pooling, BackpropRule rule) {
    MultiLayerNetwork pooled = network(rule, pooling);
    MultiLayerNetwork plain = network(rule);
    plain.getLayer(1).setParams(pooled.getLayer(1).params().dup());
    plain.getLayer(3).setParams(pooled.getLayer(4).params().dup());
    INDArray spread = spread(pooling, pooled.getLayer(3).getParam("W"));
    plain.getLayer(2).getParam("W").assign(spread);

    INDArray features = Frames.ORDINARY.random(IMAGE, 4, STEPS, 3);
    INDArray rates = plain.feedForward(features).get(3);
    assertTrue(rates.sumNumber().doubleValue() > 0, "a silent layer shows nothing");
    assertEquals(rates, pooled.feedForward(features).get(4));
    INDArray labels = Nd4j.rand(4, 2);
    INDArray before = plain.getLayer(1).params().dup();
    plain.fit(features, labels);
    pooled.fit(features, labels);
    INDArray expected = plain.getLayer(1).params().sub(before);
    assertTrue(expected.norm2Number().doubleValue() > 0, "no gradient");
    assertEquals(
        0,
        pooled.getLayer(1).params().sub(before).distance2(expected),
        1e-4 * expected.norm2Number().doubleValue());
  }

  static Stream<BackpropRule> rules() {
    return Stream.of(new SpatioTemporalBackprop(), new OfRates());
  }

  /** The largest of one is that one, in both directions. */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldHaveNoEffectAsGatedMaximaOfSingleInputs(BackpropRule rule) {
    MultiLayerNetwork plain = network(rule);
    MultiLayerNetwork gated =
        network(rule, new SpikingPooling2D.Builder(PoolingType.MAX, 1, 1).gated(true).build());
    gated.setParams(plain.params().dup());
    INDArray features = Frames.ORDINARY.random(IMAGE, 4, STEPS, 3);
    assertSameBits(plain.output(features), gated.output(features));
    INDArray labels = Nd4j.rand(4, 2);
    INDArray before = plain.params().dup();
    plain.fit(features, labels);
    gated.fit(features, labels);
    assertNotEquals(before, plain.params());
    assertSameBits(plain.params(), gated.params());
  }

  /** A spike of any step is in the number that the layer above reads at all of its steps. */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldGiveEverySpikeTheGradientOfItsWindow(BackpropRule rule) {
    MultiLayerNetwork network = network(rule, new SpikeAccumulation.Builder().build());
    INDArray features = Frames.ORDINARY.random(IMAGE, 4, STEPS, 3);
    INDArray labels = Nd4j.rand(4, 2);
    INDArray counts = network.feedForward(features).get(2).mul(STEPS);
    MultiLayerNetwork above =
        Networks.of(
            Networks.seeded(1),
            InputType.convolutional(IMAGE.height(), IMAGE.width(), CHANNELS),
            SpikeEncoding.direct(STEPS).build(),
            network.getLayer(3).conf().getLayer().clone(),
            Networks.readOut(2));
    above.setParams(Nd4j.hstack(network.getLayer(3).params(), network.getLayer(4).params()));
    INDArray ofCounts = above.calculateGradients(counts, labels, null, null).getSecond();
    MultiLayerNetwork below =
        Networks.of(
            Networks.seeded(1),
            Networks.film(STEPS, IMAGE.height(), IMAGE.width(), 2),
            SpikeEncoding.frames().build(),
            network.getLayer(1).conf().getLayer().clone());
    below.setParams(network.getLayer(1).params());
    below.setInput(features);
    below.feedForward(true, false);

    INDArray expected =
        below.backpropGradient(ofCounts.mul(STEPS), null).getFirst().getGradientFor("1_W");
    Gradient actual = network.calculateGradients(features, labels, null, null).getFirst();
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0, "no gradient");
    assertEquals(0, actual.getGradientFor("1_W").distance2(expected), 1e-5 * norm);
  }

  static Stream<Layer> normalised() {
    SpikingNeuron neuron = SpikingNeuron.integrateAndFire(2).withReset(Reset.bySubtraction());
    CurrentNormalization normalization = new CurrentNormalization().withDecay(1e-6);
    return Stream.of(
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(HIDDEN)
            .neuron(new GradedNeuron())
            .normalization(normalization)
            .build(),
        new SpikingConvolution2D.Builder(3, 3) // by Winograd's transforms
            .nOut(32)
            .neuron(neuron)
            .normalization(normalization)
            .backprop(new OfRates())
            .build(),
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(HIDDEN)
            .neuron(new AdaptiveNeuron(SpikingNeuron.integrateAndFire(1), 0.5, 0.8))
            .normalization(normalization)
            .backprop(new OfRates())
            .build(),
        new SpikingDense.Builder()
            .nOut(40)
            .neuron(neuron)
            .normalization(normalization)
            .backprop(new OfRates())
            .build());
  }

  /** In training the currents come from the statistics, in inference from the spikes. */
  @ParameterizedTest
  @MethodSource("normalised")
  void shouldChargeNormalisedNeuronsOfAWindowAlike(Layer layer) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1).updater(new Sgd(0)),
            InputType.convolutional(IMAGE.height(), IMAGE.width(), 2),
            SpikeEncoding.direct(STEPS).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(16).threshold(0.5).build(),
            new SpikeAccumulation.Builder().build(),
            new SpikingDropout.Builder().retain(1).build(),
            layer,
            Networks.readOut(2));
    INDArray images = Nd4j.rand(6, 2, IMAGE.height(), IMAGE.width());
    network.setInput(images);
    INDArray trained = network.feedForward(true, false).get(5).dup();
    network.fit(images, Nd4j.rand(6, 2)); // moves the averages to these statistics
    assertTrue(trained.sumNumber().doubleValue() > 0);
    assertEquals(0, network.feedForward(images).get(5).distance2(trained), 1e-4);
  }

  private static INDArray spread(Layer pooling, INDArray weights) {
    boolean global = pooling instanceof SpikingGlobalPooling;
    double share =
        global && ((SpikingGlobalPooling) pooling).getPoolingType() == PoolingType.AVG
            ? 1.0 / IMAGE.positions()
            : 1;
    INDArray spread = Nd4j.create(CHANNELS * IMAGE.positions(), HIDDEN);
    for (int input = 0; input < spread.size(0); input++) {
      int channel = input / IMAGE.positions();
      int window =
          global
              ? channel
              : channel * 4 + input % 32 / 16 * 2 + input % 8 / 4; // 2 × 2 windows of 2 × 4
      spread.putRow(input, weights.getRow(window).mul(share));
    }
    return spread;
  }

  private static MultiLayerNetwork network(BackpropRule rule, Layer... pooling) {
    List<Layer> layers = new ArrayList<>();
    layers.add(SpikeEncoding.frames().build());
    layers.add(
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(CHANNELS)
            .threshold(0.5)
            .backprop(rule)
            .build());
    List.of(pooling).forEach(layer -> layers.add(layer.clone()));
    layers.add(new SpikingDense.Builder().nOut(HIDDEN).threshold(0.5).backprop(rule).build());
    layers.add(Networks.readOut(2));
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1).updater(new Sgd(0.1)),
            Networks.film(STEPS, IMAGE.height(), IMAGE.width(), 2),
            layers.toArray(Layer[]::new));
    // Sums are exact in any order, and so are means over 32 positions.
    Networks.round(network.params());
    return network;
  }
}
