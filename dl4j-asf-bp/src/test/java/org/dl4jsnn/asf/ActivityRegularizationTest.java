package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
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
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Terms that firing rates and synaptic operations add to the loss, and their gradients. */
class ActivityRegularizationTest {

  private static final int SAMPLES = 3;
  private static final FiringRateRegularization BOUNDS =
      new FiringRateRegularization(0.3, 0.4, 2.5);
  private static final SynapticOperationsRegularization PRICE =
      new SynapticOperationsRegularization(1e-5);

  private static List<BackpropRule> allRules() {
    return List.of(
        new AsfBackprop(),
        new RateBackprop(),
        new SpatioTemporalBackprop(),
        new SpatioTemporalBackprop().withSegments(3));
  }

  static Stream<BackpropRule> rules() {
    return allRules().stream();
  }

  /** Rules, with scores that are means and sums over the minibatch. */
  static Stream<Arguments> rulesAndScores() {
    return allRules().stream()
        .limit(3)
        .flatMap(rule -> Stream.of(true, false).map(mean -> Arguments.of(rule, mean)));
  }

  private static NeuralNetConfiguration.Builder settings(IUpdater updater, boolean mean) {
    return new NeuralNetConfiguration.Builder().seed(5).updater(updater).miniBatch(mean);
  }

  private static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(2)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  private static MultiLayerNetwork network(
      NeuralNetConfiguration.Builder settings, InputType input, Layer... layers) {
    var list = settings.list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return SmallNetworks.network(list.setInputType(input).build());
  }

  private static SpikingDense.Builder dense(BackpropRule rule, int outputs) {
    return new SpikingDense.Builder().nOut(outputs).reset(Reset.bySubtraction()).backprop(rule);
  }

  // Score and gradient agree.

  /**
   * With constant currents, resets by subtraction and many steps a rate is its current's share of
   * the threshold, under any rule. So the change of the parameters in a step of plain gradient
   * descent must be the derivative of the whole score.
   */
  @ParameterizedTest
  @MethodSource("rulesAndScores")
  void shouldDescendTheScoreWithBoundsOfRates(BackpropRule rule, boolean mean) {
    MultiLayerNetwork network =
        network(
            settings(new Sgd(1), mean),
            InputType.feedForward(3),
            SpikeEncoding.direct(1 << 12).build(),
            dense(rule, 4).firingRateRegularization(BOUNDS).build(),
            readOut());
    positiveWeights(network, 1);
    assertDescendsTheScore(network, "1_W", data(3));
  }

  @ParameterizedTest
  @MethodSource("rulesAndScores")
  void shouldDescendTheScoreWithAPriceOfOperations(BackpropRule rule, boolean mean) {
    MultiLayerNetwork network =
        network(
            settings(new Sgd(1), mean),
            InputType.feedForward(3),
            SpikeEncoding.direct(1 << 12).build(),
            dense(rule, 4).build(),
            dense(rule, 6).synapticOperationsRegularization(PRICE).build(),
            readOut());
    positiveWeights(network, 1);
    // Nothing but the price has a gradient: spikes are no constant current for the second layer.
    network.getParam("3_W").assign(0);
    assertDescendsTheScore(network, "1_W", data(3));
  }

  private static void positiveWeights(MultiLayerNetwork network, int layer) {
    Random random = new Random(9);
    INDArray weights = network.getParam(layer + "_W");
    for (int i = 0; i < weights.length(); i++) {
      weights.putScalar(i, 0.1 + 0.4 * random.nextDouble());
    }
  }

  private static DataSet data(int features) {
    Random random = new Random(2);
    INDArray x = Nd4j.create(SAMPLES, features);
    INDArray y = Nd4j.create(SAMPLES, 2);
    for (int i = 0; i < x.length(); i++) {
      x.putScalar(i, 0.2 + 0.5 * random.nextDouble());
    }
    for (int i = 0; i < y.length(); i++) {
      y.putScalar(i, random.nextGaussian());
    }
    return new DataSet(x, y);
  }

  private static void assertDescendsTheScore(
      MultiLayerNetwork network, String parameter, DataSet data) {
    INDArray before = network.params().dup();
    INDArray weights = network.getParam(parameter);
    INDArray derivative = weights.like();
    double h = 0.02;
    for (int i = 0; i < weights.length(); i++) {
      double value = weights.getDouble(i);
      weights.putScalar(i, value + h);
      double more = network.score(data, true);
      weights.putScalar(i, value - h);
      double less = network.score(data, true);
      weights.putScalar(i, value);
      derivative.putScalar(i, (more - less) / (2 * h));
    }
    assertSameBits(before, network.params());
    INDArray start = weights.dup();
    network.fit(data);
    INDArray step = start.sub(network.getParam(parameter));
    double error = step.distance2(derivative) / derivative.norm2Number().doubleValue();
    assertTrue(error < 0.03, () -> "derivative " + derivative + ", step " + step);
  }

  // The gradient against the closed form, through layers above and in time.

  /**
   * What a term adds to the gradient of a network is the gradient of the layers up to it from the
   * term's derivative alone: once, whatever else the gradient in time contains.
   */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldAddTheGradientOfBoundsOnce(BackpropRule rule) {
    Layer[] plain = imageLayers(rule, null, null);
    MultiLayerNetwork without = network(settings(new Sgd(1), true), IMAGES, plain);
    MultiLayerNetwork with =
        network(settings(new Sgd(1), true), IMAGES, imageLayers(rule, BOUNDS, null));
    MultiLayerNetwork below =
        network(settings(new Sgd(1), true), IMAGES, plain[0].clone(), plain[1].clone());
    setParameters(below, with);
    setParameters(without, with);

    INDArray rates = feedForward(below);
    INDArray derivative = Nd4j.create(rates.shape());
    INDArray means = rates.mean(0);
    for (int i = 0; i < means.length(); i++) {
      double slope = 2 * 2.5 * slopeOfBounds(means.getDouble(i));
      for (int sample = 0; sample < SAMPLES; sample++) {
        derivative.putScalar(sample * means.length() + i, slope);
      }
    }
    assertTrue(derivative.norm1Number().doubleValue() > 0);
    assertSame(
        externalGradient(below, derivative), gradient(with, "1_W").sub(gradient(without, "1_W")));
  }

  private static double slopeOfBounds(double rate) {
    return rate > 0.4 ? rate - 0.4 : Math.min(0, rate - 0.3);
  }

  /** The price of a layer's additions is paid by the layers below it, through others between. */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldAddTheGradientOfOperationsOnce(BackpropRule rule) {
    // High enough for the difference of two gradients to be known within the tolerance.
    double price = 1e-4;
    Layer[] priced = imageLayers(rule, null, new SynapticOperationsRegularization(price));
    Layer[] plain = imageLayers(rule, null, null);
    MultiLayerNetwork without = network(settings(new Sgd(1), true), IMAGES, plain);
    MultiLayerNetwork with = network(settings(new Sgd(1), true), IMAGES, priced);
    Layer[] lower = {plain[0].clone(), plain[1].clone(), plain[2].clone(), plain[3].clone()};
    MultiLayerNetwork below = network(settings(new Sgd(1), true), IMAGES, lower);
    setParameters(below, with);
    setParameters(without, with);
    INDArray rates = feedForward(below);
    // A dense layer of 5: every spike of the six steps reaches all of them.
    INDArray derivative = Nd4j.ones(rates.shape()).muli(price * 6 * 5);
    assertSame(
        externalGradient(below, derivative), gradient(with, "1_W").sub(gradient(without, "1_W")));
  }

  private static final InputType IMAGES = InputType.convolutional(6, 6, 1);

  private static Layer[] imageLayers(
      BackpropRule rule, FiringRateRegularization bounds, SynapticOperationsRegularization price) {
    return new Layer[] {
      SpikeEncoding.direct(6).build(),
      new SpikingConvolution2D.Builder(3, 3)
          .nOut(3)
          .threshold(0.6)
          .leak(0.9)
          .backprop(rule)
          .firingRateRegularization(bounds)
          .build(),
      new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
      new SpikingDropout.Builder().retain(0.8).build(),
      new SpikingDense.Builder()
          .nOut(5)
          .threshold(0.4)
          .backprop(rule)
          .synapticOperationsRegularization(price)
          .build(),
      readOut()
    };
  }

  private static INDArray images() {
    Random random = new Random(3);
    INDArray images = Nd4j.create(SAMPLES, 1, 6, 6);
    for (int i = 0; i < images.length(); i++) {
      images.putScalar(i, random.nextDouble());
    }
    return images;
  }

  private static void setParameters(MultiLayerNetwork network, MultiLayerNetwork from) {
    network.paramTable().forEach((name, values) -> values.assign(from.getParam(name)));
  }

  private static INDArray gradient(MultiLayerNetwork network, String parameter) {
    network.setInput(images());
    network.setLabels(data(1).getLabels());
    network.computeGradientAndScore();
    return network.gradient().getGradientFor(parameter).dup();
  }

  private static INDArray feedForward(MultiLayerNetwork network) {
    network.setInput(images());
    List<INDArray> activations = network.feedForward(true, false);
    return activations.get(activations.size() - 1);
  }

  private static INDArray externalGradient(MultiLayerNetwork network, INDArray rateGradient) {
    return network.backpropGradient(rateGradient, null).getFirst().getGradientFor("1_W").dup();
  }

  private static void assertSame(INDArray expected, INDArray actual) {
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0, "nothing reaches the weights");
    assertEquals(0, actual.distance2(expected), 1e-4 * norm);
  }

  // What is in the score.

  @ParameterizedTest
  @MethodSource("rulesAndScores")
  void shouldBePartOfTheScoreOfNetworksAndGraphs(BackpropRule rule, boolean mean) {
    DataSet data = new DataSet(images(), data(1).getLabels());
    MultiLayerNetwork without =
        network(settings(new Sgd(1), mean), IMAGES, imageLayers(rule, null, null));
    MultiLayerNetwork with =
        network(settings(new Sgd(1), mean), IMAGES, imageLayers(rule, BOUNDS, PRICE));
    without.setParams(with.params());
    double expected = 0;
    INDArray rates = with.feedForward(data.getFeatures()).get(2).mean(0);
    for (int i = 0; i < rates.length(); i++) {
      expected += 2.5 * Math.pow(slopeOfBounds(rates.getDouble(i)), 2);
    }
    expected += 1e-5 * additions(with, data.getFeatures());
    double added = with.score(data) - without.score(data);
    assertEquals((mean ? 1 : SAMPLES) * expected, added, 1e-5 * added);

    ComputationGraph graph = graph(settings(new Sgd(1), mean), imageLayers(rule, BOUNDS, PRICE));
    graph.setParams(with.params());
    assertEquals(with.score(data), graph.score(data), 1e-6);
  }

  private static ComputationGraph graph(NeuralNetConfiguration.Builder settings, Layer... layers) {
    var builder = settings.graphBuilder().addInputs("in").setInputTypes(IMAGES);
    String before = "in";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer(String.valueOf(i), layers[i], before);
      before = String.valueOf(i);
    }
    return SmallNetworks.graph(builder.setOutputs(before).build());
  }

  private static double additions(MultiLayerNetwork network, INDArray features) {
    return SynapticOperations.count(network, features).stream()
        .mapToDouble(SynapticOperations.OfLayer::additions)
        .sum();
  }

  /** Its first layer reads constant currents, which cause no additions. */
  @Test
  void shouldTakeNothingForConstantCurrents() {
    MultiLayerNetwork network =
        network(
            settings(new Sgd(1), true),
            InputType.feedForward(3),
            SpikeEncoding.direct(4).build(),
            new SpikingDense.Builder().nOut(4).synapticOperationsRegularization(PRICE).build(),
            readOut());
    network.setInput(data(3).getFeatures());
    network.feedForward(true, false);
    assertEquals(0, network.calcRegularizationScore(true));
  }

  @Test
  void shouldLeaveFrozenLayersAlone() {
    Layer[] layers = imageLayers(new AsfBackprop(), BOUNDS, null);
    Layer[] plain = imageLayers(new AsfBackprop(), null, null);
    DataSet data = new DataSet(images(), data(1).getLabels());
    for (boolean withBackprop : new boolean[] {false, true}) {
      List<MultiLayerNetwork> networks = new ArrayList<>();
      for (Layer[] some : List.of(layers, plain)) {
        Layer[] frozen = some.clone();
        frozen[1] =
            withBackprop
                ? new FrozenLayerWithBackprop(some[1].clone())
                : new FrozenLayer(some[1].clone());
        networks.add(network(settings(new Sgd(1), true), IMAGES, frozen));
      }
      networks.get(1).setParams(networks.get(0).params());
      networks.forEach(network -> network.fit(data));
      assertEquals(networks.get(0).score(), networks.get(1).score());
      assertSameBits(networks.get(0).params(), networks.get(1).params());
    }
  }

  // What it does in training.

  @ParameterizedTest
  @MethodSource("rules")
  void shouldMoveRatesIntoTheBounds(BackpropRule rule) {
    MultiLayerNetwork network =
        network(
            settings(new Adam(0.02), true),
            InputType.feedForward(8),
            SpikeEncoding.poisson(50).build(),
            dense(rule, 10)
                .hasBias(true)
                .firingRateRegularization(new FiringRateRegularization(0.15, 0.35, 1))
                .build(),
            readOut());
    network.getParam("2_W").assign(0);
    DataSet data = new DataSet(Nd4j.rand(20, 8), Nd4j.zeros(20, 2));
    assertTrue(outside(network, data) > 0.1, "rates are within the bounds before");
    double outside = 1;
    for (int i = 0; i < 15 && outside >= 0.03; i++) {
      for (int k = 0; k < 10; k++) {
        network.fit(data);
      }
      outside = outside(network, data);
    }
    assertTrue(outside < 0.03, "a rate is out of bounds by " + outside);
  }

  /** How far the mean rate of a neuron is out of bounds at most. */
  private static double outside(MultiLayerNetwork network, DataSet data) {
    INDArray rates = network.feedForward(data.getFeatures()).get(2).mean(0);
    double above = rates.maxNumber().doubleValue() - 0.35;
    double below = 0.15 - rates.minNumber().doubleValue();
    return Math.max(above, below);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldSaveAdditions(BackpropRule rule) {
    MultiLayerNetwork network =
        network(
            settings(new Adam(0.01), true),
            InputType.feedForward(8),
            SpikeEncoding.direct(20).build(),
            dense(rule, 10).threshold(0.5).build(),
            dense(rule, 10)
                .synapticOperationsRegularization(new SynapticOperationsRegularization(1e-3))
                .build(),
            readOut());
    DataSet data = new DataSet(Nd4j.rand(20, 8), Nd4j.zeros(20, 2));
    network.getParam("3_W").assign(0);
    double before = additions(network, data.getFeatures());
    double after = before;
    for (int i = 0; i < 6 && after >= 0.5 * before; i++) {
      for (int k = 0; k < 10; k++) {
        network.fit(data);
      }
      after = additions(network, data.getFeatures());
    }
    assertTrue(after < 0.5 * before, before + " additions, then " + after);
  }

  @Test
  void shouldReportTheShareOfTheLoss() {
    MultiLayerNetwork network =
        network(
            settings(new Sgd(1e-3), true),
            IMAGES,
            imageLayers(new SpatioTemporalBackprop(), BOUNDS, PRICE));
    DataSet data = new DataSet(images(), data(1).getLabels());
    List<EpochHealth> reports = new ArrayList<>();
    network.setListeners(
        new SpikeHealthListener.Builder().interval(1).reportTo(reports::add).build());
    double term = network.score(data) - scoreWithout(network, data);
    double share = term / network.score(data);
    network.fit(data);
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    List<LayerHealth> layers = reports.get(0).layers();
    double told = 0;
    for (LayerHealth layer : layers) {
      told += layer.shareOfLoss().orElse(0);
    }
    assertTrue(layers.get(0).shareOfLoss().isPresent());
    assertTrue(layers.get(1).shareOfLoss().isEmpty(), "max pooling has no neurons");
    // Dropout draws another mask in training.
    assertEquals(share, told, 0.05 * share);
    assertFalse(share <= 0);
  }

  private static double scoreWithout(MultiLayerNetwork network, DataSet data) {
    MultiLayerNetwork without =
        network(
            settings(new Sgd(1e-3), true),
            IMAGES,
            imageLayers(new SpatioTemporalBackprop(), null, null));
    without.setParams(network.params());
    return without.score(data);
  }

  // Settings.

  @Test
  void shouldBePartOfTheConfiguration() {
    MultiLayerConfiguration with =
        network(settings(new Sgd(1), true), IMAGES, imageLayers(new AsfBackprop(), BOUNDS, PRICE))
            .getLayerWiseConfigurations();
    MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(with.toJson());
    assertEquals(with, restored);
    BaseSpikingLayer layer = (BaseSpikingLayer) restored.getConf(1).getLayer();
    assertEquals(BOUNDS, layer.getFiringRateRegularization());
    MultiLayerConfiguration without =
        network(settings(new Sgd(1), true), IMAGES, imageLayers(new AsfBackprop(), null, null))
            .getLayerWiseConfigurations();
    assertNotEquals(with, without);
    assertFalse(without.toJson().contains("firingRateRegularization"));
    assertFalse(without.toJson().contains("synapticOperationsRegularization"));
  }

  @Test
  void shouldRefuseInvalidSettings() {
    for (double[] bounds : new double[][] {{-0.1, 1}, {0.5, 0.4}, {0, 1.5}, {Double.NaN, 1}}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new FiringRateRegularization(bounds[0], bounds[1], 1))
              .getMessage();
      assertTrue(message.startsWith("bounds of firing rates must be in order"), message);
    }
    assertThrows(IllegalArgumentException.class, () -> new FiringRateRegularization(0, 1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new SynapticOperationsRegularization(Double.NaN));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2)
                        .firingRateRegularization(BOUNDS)
                        .build())
            .getMessage();
    assertTrue(
        message.startsWith("firingRateRegularization must not be set on MAX pooling"), message);
  }

  /** The derivative of a neuron's term is that of differences. */
  @Test
  void shouldKnowItsDerivative() {
    double h = 1e-6;
    for (double rate : new double[] {0, 0.1, 0.35, 0.5, 1}) {
      assertEquals(
          (BOUNDS.penalty(rate + h) - BOUNDS.penalty(rate - h)) / (2 * h),
          BOUNDS.slope(rate),
          1e-6);
    }
    assertEquals(0, BOUNDS.penalty(0.35));
  }
}
