package org.dl4jsnn.balance;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.dl4jsnn.Messages.refused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class FiringRateBalanceTest {

  private static final double RATE = 0.1;
  private static final double TOLERANCE = 0.05;
  private static final FiringRateBalance BALANCE = new FiringRateBalance(RATE);
  private static final double THRESHOLD = 2;

  @TempDir private File folder;

  private final INDArray features = features(1);

  /** One of the two ways to balance. */
  private interface Method
      extends BiFunction<MultiLayerNetwork, INDArray, List<FiringRateBalance.LayerRow>> {}

  static Stream<Named<Method>> methods() {
    return Stream.of(
        Named.of("thresholds", BALANCE::thresholds), Named.of("weights", BALANCE::weights));
  }

  private static INDArray features(long seed) {
    Nd4j.getRandom().setSeed(seed);
    return Nd4j.rand(16, 64);
  }

  private static MultiLayerNetwork network(Layer... layers) {
    return Networks.of(
        Networks.seeded(3).updater(new Adam(1e-2)),
        InputType.convolutionalFlat(8, 8, 1),
        SpikeEncoding.poisson(16).gain(0.35).build(),
        layers,
        Networks.linear(2));
  }

  private static SpikingDense.Builder dense() {
    return new SpikingDense.Builder().nOut(40).threshold(THRESHOLD);
  }

  /** Silent from the third weighted layer on. */
  private static MultiLayerNetwork deep(Reset reset) {
    return network(
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(6)
            .hasBias(true)
            .threshold(THRESHOLD)
            .reset(reset)
            .build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(8).threshold(THRESHOLD).reset(reset).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
        dense().reset(reset).build(),
        dense().leak(0.9).reset(reset).build(),
        dense().reset(reset).build());
  }

  private static MultiLayerNetwork normalised() {
    CurrentNormalization normalization = new CurrentNormalization().startingAt(0.05, 0.01);
    return network(
        new SpikingConvolution2D.Builder(3, 3).nOut(6).normalization(normalization).build(),
        dense().normalization(normalization).build(),
        dense().build());
  }

  private static double[] rates(MultiLayerNetwork network, INDArray features) {
    return FiringRates.measure(network, features, true).stream()
        .mapToDouble(FiringRates::mean)
        .toArray();
  }

  private static double threshold(MultiLayerNetwork network, int layer) {
    return ((BaseSpikingLayer) network.getLayer(layer).conf().getLayer()).getNeuron().threshold();
  }

  private static void assertBalanced(
      List<FiringRateBalance.LayerRow> balances, MultiLayerNetwork network) {
    Map<String, Double> rates =
        FiringRates.measure(network, features(1), true).stream()
            .collect(Collectors.toMap(FiringRates::layer, FiringRates::mean));
    for (FiringRateBalance.LayerRow balance : balances) {
      assertEquals(RATE, balance.after(), TOLERANCE * RATE, balance::toString);
      assertEquals(balance.after(), rates.get(balance.layer()), balance::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldWakeADeepNetwork(Method method) {
    MultiLayerNetwork network = deep(Reset.toZero());
    double[] before = rates(network, features);
    assertTrue(before[0] > 0);
    for (int layer = 4; layer < before.length; layer++) {
      assertEquals(0, before[layer], "must be silent at first");
    }
    List<FiringRateBalance.LayerRow> balances = method.apply(network, features);
    assertEquals(
        List.of("layer1", "layer3", "layer5", "layer6", "layer7"),
        balances.stream().map(FiringRateBalance.LayerRow::layer).toList());
    assertEquals(before[0], balances.get(0).before());
    assertBalanced(balances, network);
    assertEquals(0.75, threshold(network, 2));
    for (FiringRates layer : FiringRates.measure(network, features(2))) {
      if (!layer.layer().equals("layer2") && !layer.layer().equals("layer4")) {
        assertEquals(RATE, layer.mean(), 0.3 * RATE, "features not seen, and inference's noise");
      }
    }
  }

  @Test
  void shouldFireTheSameSpikesByThresholdsAndByWeights() {
    for (Reset reset : new Reset[] {Reset.toZero(), Reset.bySubtraction()}) {
      MultiLayerNetwork thresholds = deep(reset);
      MultiLayerNetwork weights = deep(reset);
      INDArray parameters = thresholds.params().dup();
      List<FiringRateBalance.LayerRow> one = BALANCE.thresholds(thresholds, features);
      List<FiringRateBalance.LayerRow> other = BALANCE.weights(weights, features);
      assertSameBits(parameters, thresholds.params());
      for (int i = 0; i < one.size(); i++) {
        assertEquals(one.get(i).after(), other.get(i).after());
        assertEquals(1 / one.get(i).factor(), other.get(i).factor());
      }
      List<INDArray> rates = thresholds.feedForward(features, false);
      List<INDArray> otherRates = weights.feedForward(features, false);
      for (int layer = 1; layer <= 7; layer++) {
        assertEquals(rates.get(layer), otherRates.get(layer), "layer " + layer);
        assertEquals(
            layer == 2 || layer == 4 ? threshold(thresholds, layer) : 2, threshold(weights, layer));
      }
      assertEquals(2 * one.get(0).factor(), threshold(thresholds, 1));
    }
  }

  @Test
  void shouldScaleRecurrentWeightsToo() {
    MultiLayerNetwork thresholds = recurrent();
    MultiLayerNetwork weights = recurrent();
    INDArray series = Nd4j.rand(DataType.FLOAT, 8, 6, 20).gt(0.7).castTo(DataType.FLOAT);
    double drive = BALANCE.weights(weights, series).get(0).factor();
    assertTrue(drive != 1, "drive " + drive);
    BALANCE.thresholds(thresholds, series);
    INDArray rates = thresholds.feedForward(series, false).get(1);
    assertTrue(rates.sumNumber().doubleValue() > 0, "no spikes");
    assertEquals(rates, weights.feedForward(series, false).get(1));
    assertTrue(
        thresholds.getParam("1_RW").mul(drive).equalsWithEps(weights.getParam("1_RW"), 1e-5));
  }

  private static MultiLayerNetwork recurrent() {
    return Networks.of(
        Networks.seeded(2),
        InputType.recurrent(6),
        SpikeEncoding.frames().build(),
        new SpikingRecurrent.Builder().nOut(9).threshold(3).build(),
        new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldBalanceNormalisedLayersByTheMinibatch(Method method) {
    MultiLayerNetwork network = normalised();
    INDArray weights = network.getParam("1_W").dup();
    List<FiringRateBalance.LayerRow> balances = method.apply(network, features);
    assertEquals(3, balances.size());
    assertBalanced(balances, network);
    assertEquals(weights, network.getParam("1_W"));
    assertEquals(Nd4j.zeros(6), network.getParam("1_mean"));
    double gain = network.getParam("1_gamma").getDouble(0);
    double shift = network.getParam("1_beta").getDouble(0);
    assertEquals(0.2, shift / gain, 1e-6);
    assertEquals(threshold(network, 1) == 1, Math.abs(gain - 0.05) > 1e-6);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldSaveRestoreAndClone(Method method) throws Exception {
    MultiLayerNetwork network = deep(Reset.toZero());
    method.apply(network, features);
    for (int layer = 1; layer <= 7; layer++) {
      assertSame(
          network.getLayerWiseConfigurations().getConf(layer).getLayer(),
          network.getLayer(layer).conf().getLayer());
    }
    INDArray output = network.output(features);
    assertTrue(network.feedForward(features).get(7).sumNumber().doubleValue() > 0);
    File file = new File(folder, "balanced.zip");
    ModelSerializer.writeModel(network, file, true);
    assertSameBits(output, ModelSerializer.restoreMultiLayerNetwork(file).output(features));
    assertSameBits(output, network.clone().output(features));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldLeaveFrozenLayersAlone(Method method) {
    MultiLayerNetwork network =
        network(new FrozenLayer(dense().threshold(1).build()), dense().build());
    INDArray frozen = network.getLayer(1).params().dup();
    List<FiringRateBalance.LayerRow> balances = method.apply(network, features);
    assertEquals(
        List.of("layer2"), balances.stream().map(FiringRateBalance.LayerRow::layer).toList());
    assertBalanced(balances, network);
    assertSameBits(frozen, network.getLayer(1).params());
    assertEquals(1, threshold(network, 1));
    MultiLayerNetwork all = network(new FrozenLayer(dense().build()));
    assertThrows(IllegalArgumentException.class, () -> method.apply(all, features));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldLeaveTheNetworkAsItWasWhereTheRateCannotBeReached(Method method) {
    MultiLayerNetwork network = network(dense().build(), dense().name("inhibited").build());
    network.getParam("2_W").assign(-1);
    assertUnchanged(network, method, features, "'inhibited'", "got 0.0", "currents are negative");

    MultiLayerNetwork dark = network(dense().name("first").build(), dense().build());
    assertUnchanged(dark, method, Nd4j.zeros(16, 64), "'first'", "got 0.0", "no spikes arrive");

    // All neurons are the same, and so are all samples: they fire together.
    MultiLayerNetwork together = network(dense().name("equal").build());
    together.getParam("1_W").assign(1);
    Method fine = (net, in) -> new FiringRateBalance(0.51).withTolerance(0.001).weights(net, in);
    assertUnchanged(together, fine, Nd4j.ones(16, 64).muli(3), "'equal'", "in jumps");
  }

  private static void assertUnchanged(
      MultiLayerNetwork network, Method method, INDArray features, String... words) {
    INDArray parameters = network.params().dup();
    String configuration = network.getLayerWiseConfigurations().toJson();
    assertSays(refused(() -> method.apply(network, features)), words);
    assertSameBits(parameters, network.params());
    assertEquals(configuration, network.getLayerWiseConfigurations().toJson());
    network.output(features);
  }

  @Test
  void shouldKeepTheThresholdAboveTheResetValue() {
    MultiLayerNetwork network = network(dense().reset(Reset.to(0.5)).build());
    network.getParam("1_W").muli(1e-3);
    assertRefused("layer1", () -> new FiringRateBalance(1).thresholds(network, features));
    assertEquals(THRESHOLD, threshold(network, 1));
  }

  @Test
  void shouldRefuseRatesOutsideTheirRange() {
    assertThrows(IllegalArgumentException.class, () -> new FiringRateBalance(0));
    assertThrows(IllegalArgumentException.class, () -> new FiringRateBalance(1.1));
    assertThrows(IllegalArgumentException.class, () -> BALANCE.withTolerance(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> BALANCE.weights(deep(Reset.toZero()), (INDArray) null));
  }

  /** A frozen encoding runs as in inference, even in training. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLeaveTheFreshNoiseOfAnEncodingAlone(boolean isFrozen) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1),
            InputType.feedForward(64),
            SpikeEncoding.poisson(8).freshInferenceNoise(true).build(),
            new SpikingDense.Builder().nOut(8).threshold(0.5).build(),
            Networks.linear(2));
    MultiLayerNetwork balanced =
        isFrozen
            ? new TransferLearning.Builder(network).setFeatureExtractor(0).build()
            : network.clone();
    MultiLayerNetwork alone = balanced.clone();
    new FiringRateBalance(0.2).weights(balanced, features);
    alone.setParams(balanced.params());
    INDArray first = alone.output(features);
    assertSameBits(first, balanced.output(features));
    assertNotEquals(first, balanced.output(features), "fresh");
  }
}
