package org.dl4jsnn.asf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.LayerHealth;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Terms that firing rates and synaptic operations add to the loss, and their gradients. */
class ActivityRegularizationTest {

  private static final int SAMPLES = 3;
  private static final int STEPS = 6;
  private static final int OUTPUTS = 5;
  private static final InputType IMAGES = InputType.convolutional(6, 6, 1);
  private static final FiringRateRegularization BOUNDS =
      new FiringRateRegularization(0.3, 0.4, 2.5);
  private static final SynapticOperationsRegularization PRICE =
      new SynapticOperationsRegularization(1e-5);

  private static final DataSet DATA = data();

  private static DataSet data() {
    Random random = new Random(3);
    INDArray images = Nd4j.create(SAMPLES, 1, 6, 6);
    for (int i = 0; i < images.length(); i++) {
      images.putScalar(i, random.nextDouble());
    }
    INDArray labels = Nd4j.create(SAMPLES, SmallNetworks.CLASSES);
    for (int i = 0; i < labels.length(); i++) {
      labels.putScalar(i, random.nextGaussian());
    }
    return new DataSet(images, labels);
  }

  /** Rules, with scores that are means and sums over the minibatch. */
  static Stream<Arguments> rulesAndScores() {
    return Stream.of(
            new AsfBackprop(),
            new RateBackprop(),
            new SpatioTemporalBackprop(),
            new SpatioTemporalBackprop().withSegments(3))
        .flatMap(rule -> Stream.of(true, false).map(mean -> Arguments.of(rule, mean)));
  }

  private static NeuralNetConfiguration.Builder settings(boolean mean) {
    return new NeuralNetConfiguration.Builder().seed(5).updater(new Sgd(1)).miniBatch(mean);
  }

  private static MultiLayerNetwork network(boolean mean, Layer... layers) {
    return Networks.of(settings(mean), IMAGES, layers);
  }

  private static Layer[] layers(
      BackpropRule rule, FiringRateRegularization bounds, SynapticOperationsRegularization price) {
    return layers(
        rule,
        bounds,
        price,
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
        new SpikingDropout.Builder().retain(0.8).build());
  }

  private static Layer[] layers(
      BackpropRule rule,
      FiringRateRegularization bounds,
      SynapticOperationsRegularization price,
      Layer... between) {
    List<Layer> layers = new ArrayList<>();
    layers.add(SpikeEncoding.direct(STEPS).build());
    layers.add(
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(3)
            .threshold(0.6)
            .leak(0.9)
            .backprop(rule)
            .firingRateRegularization(bounds)
            .build());
    layers.addAll(List.of(between));
    layers.add(
        new SpikingDense.Builder()
            .nOut(OUTPUTS)
            .threshold(0.4)
            .backprop(rule)
            .synapticOperationsRegularization(price)
            .build());
    layers.add(SmallNetworks.readOut());
    return layers.toArray(Layer[]::new);
  }

  @ParameterizedTest
  @MethodSource("rulesAndScores")
  void shouldAddTheGradientOfBoundsOnce(BackpropRule rule, boolean mean) {
    assertAdds(
        mean,
        layers(rule, BOUNDS, null),
        layers(rule, null, null),
        2,
        ActivityRegularizationTest::ofBounds);
  }

  private static INDArray ofBounds(INDArray rates) {
    INDArray derivative = Nd4j.create(rates.shape());
    INDArray means = rates.mean(0);
    for (int i = 0; i < means.length(); i++) {
      double slope = 2 * 2.5 * excess(means.getDouble(i));
      for (int sample = 0; sample < SAMPLES; sample++) {
        derivative.putScalar(sample * means.length() + i, slope);
      }
    }
    return derivative;
  }

  private static double excess(double rate) {
    return rate > 0.4 ? rate - 0.4 : Math.min(0, rate - 0.3);
  }

  /** The price of a layer's additions is paid by the layers below it, through others between. */
  @ParameterizedTest
  @MethodSource("rulesAndScores")
  void shouldAddTheGradientOfOperationsOnce(BackpropRule rule, boolean mean) {
    // High enough for the difference of two gradients to be known within the tolerance.
    double price = 1e-4;
    Layer[] priced = layers(rule, null, new SynapticOperationsRegularization(price));
    // Every spike of the steps reaches all neurons of the dense layer.
    assertAdds(
        mean,
        priced,
        layers(rule, null, null),
        4,
        rates -> Nd4j.ones(rates.shape()).muli(price * STEPS * OUTPUTS));
  }

  /** A layer that waits adds each spike's weights once, not at every step. */
  @ParameterizedTest
  @MethodSource("rulesAndScores")
  void shouldPriceTheSpikesOfAWindowOnce(BackpropRule rule, boolean mean) {
    double price = 1e-3;
    Layer window = new SpikeAccumulation.Builder().build();
    Layer[] priced = layers(rule, null, new SynapticOperationsRegularization(price), window);
    assertAdds(
        mean,
        priced,
        layers(rule, null, null, window),
        3,
        counts -> Nd4j.ones(counts.shape()).muli(price * OUTPUTS));
    MultiLayerNetwork network = network(mean, priced);
    network.setInput(DATA.getFeatures());
    network.feedForward(true, false);
    assertEquals(
        (mean ? 1 : SAMPLES)
            * price
            * SynapticOperations.count(network, DATA.getFeatures()).get(1).additions(),
        network.calcRegularizationScore(true),
        1e-6);
  }

  /**
   * What a term adds to the gradient of a network is the gradient of the layers up to it from the
   * term's derivative by their rates alone: once, whatever else the gradient in time contains.
   */
  private static void assertAdds(
      boolean mean, Layer[] layers, Layer[] plain, int below, UnaryOperator<INDArray> derivative) {
    MultiLayerNetwork with = network(mean, layers);
    MultiLayerNetwork without = network(mean, plain);
    MultiLayerNetwork lower = network(mean, Stream.of(plain).limit(below).toArray(Layer[]::new));
    for (MultiLayerNetwork network : List.of(without, lower)) {
      network.paramTable().forEach((name, values) -> values.assign(with.getParam(name)));
    }
    lower.setInput(DATA.getFeatures());
    INDArray rates = lower.feedForward(true, false).get(below);
    INDArray expected =
        lower.backpropGradient(derivative.apply(rates), null).getFirst().getGradientFor("1_W");
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0, "nothing reaches the weights");
    assertEquals(0, gradient(with).sub(gradient(without)).distance2(expected), 1e-4 * norm);
  }

  private static INDArray gradient(MultiLayerNetwork network) {
    Networks.backprop(network, DATA.getFeatures(), DATA.getLabels());
    return network.gradient().getGradientFor("1_W").dup();
  }

  @ParameterizedTest
  @MethodSource("rulesAndScores")
  void shouldBePartOfTheScoreOfNetworksAndGraphs(BackpropRule rule, boolean mean) {
    MultiLayerNetwork without = network(mean, layers(rule, null, null));
    MultiLayerNetwork with = network(mean, layers(rule, BOUNDS, PRICE));
    without.setParams(with.params());
    double expected = 0;
    INDArray rates = with.feedForward(DATA.getFeatures()).get(2).mean(0);
    for (int i = 0; i < rates.length(); i++) {
      expected += 2.5 * Math.pow(excess(rates.getDouble(i)), 2);
    }
    expected +=
        1e-5
            * SynapticOperations.count(with, DATA.getFeatures()).stream()
                .mapToDouble(SynapticOperations.OfLayer::additions)
                .sum();
    double added = with.score(DATA) - without.score(DATA);
    assertEquals((mean ? 1 : SAMPLES) * expected, added, 1e-5 * added);

    ComputationGraph graph =
        SmallNetworks.graph(settings(mean), IMAGES, layers(rule, BOUNDS, PRICE));
    graph.setParams(with.params());
    assertEquals(with.score(DATA), graph.score(DATA), 1e-6);
  }

  /** Its first layer reads constant currents, which cause no additions. */
  @Test
  void shouldTakeNothingForConstantCurrents() {
    MultiLayerNetwork network =
        network(
            true,
            SpikeEncoding.direct(4).build(),
            new SpikingDense.Builder().nOut(4).synapticOperationsRegularization(PRICE).build(),
            SmallNetworks.readOut());
    network.setInput(DATA.getFeatures());
    network.feedForward(true, false);
    assertEquals(0, network.calcRegularizationScore(true));
  }

  @Test
  void shouldLeaveFrozenLayersAlone() {
    for (UnaryOperator<Layer> freezing :
        List.<UnaryOperator<Layer>>of(FrozenLayer::new, FrozenLayerWithBackprop::new)) {
      Layer[] bounded = layers(new AsfBackprop(), BOUNDS, null);
      Layer[] plain = layers(new AsfBackprop(), null, null);
      bounded[1] = freezing.apply(bounded[1]);
      plain[1] = freezing.apply(plain[1]);
      MultiLayerNetwork with = network(true, bounded);
      MultiLayerNetwork without = network(true, plain);
      without.setParams(with.params());
      with.fit(DATA);
      without.fit(DATA);
      assertEquals(without.score(), with.score());
      assertSameBits(without.params(), with.params());
    }
  }

  @Test
  void shouldReportTheShareOfTheLoss() {
    BackpropRule rule = new SpatioTemporalBackprop();
    MultiLayerNetwork network = network(true, layers(rule, BOUNDS, PRICE));
    MultiLayerNetwork without = network(true, layers(rule, null, null));
    without.setParams(network.params());
    List<EpochHealth> reports = new ArrayList<>();
    network.setListeners(
        new SpikeHealthListener.Builder().interval(1).reportTo(reports::add).build());
    double share = 1 - without.score(DATA) / network.score(DATA);
    assertTrue(share > 0);
    network.fit(DATA);
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    List<LayerHealth> layers = reports.get(0).layers();
    assertTrue(layers.get(0).shareOfLoss().isPresent());
    assertTrue(layers.get(1).shareOfLoss().isEmpty(), "max pooling has no neurons");
    // Dropout draws another mask in training.
    double told = layers.stream().mapToDouble(layer -> layer.shareOfLoss().orElse(0)).sum();
    assertEquals(share, told, 0.05 * share);
  }

  @Test
  void shouldRefuseInvalidSettings() {
    for (double[] bounds : new double[][] {{-0.1, 1}, {0.5, 0.4}, {0, 1.5}, {Double.NaN, 1}}) {
      assertRefused(
          () -> new FiringRateRegularization(bounds[0], bounds[1], 1),
          "bounds of firing rates must be in order");
    }
    assertThrows(IllegalArgumentException.class, () -> new FiringRateRegularization(0, 1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new SynapticOperationsRegularization(Double.NaN));
    assertRefused(
        () ->
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2)
                .firingRateRegularization(BOUNDS)
                .build(),
        "firingRateRegularization must not be set on MAX pooling");
  }
}
