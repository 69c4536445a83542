package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Networks with normalised currents, under every rule. */
@Tag("slow")
class NormalizedNetworkTest {

  /** Of the norms of weights and gradient; what ε and float sums leave of zero. */
  private static final double ALMOST_ORTHOGONAL = 2e-3;

  private static final DataSet TRAINING = SmallNetworks.images(12, 1);
  private static final DataSet TEST = SmallNetworks.images(9, 99);

  static Stream<BackpropRule> rules() {
    return Stream.of(
        new AsfBackprop(),
        new RateBackprop(),
        new SpatioTemporalBackprop(),
        new SpatioTemporalBackprop().withDetachedReset().withSegments(5));
  }

  private static MultiLayerConfiguration configuration(BackpropRule rule) {
    CurrentNormalization normalization = new CurrentNormalization().startingAt(0.8, 0.1);
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings(),
            InputType.convolutional(SmallNetworks.SIZE, SmallNetworks.SIZE, 1),
            SpikeEncoding.poisson(12).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(6).normalization(normalization).build(),
            new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(),
            new SpikingConvolution2D.Builder(3, 3)
                .nOut(5)
                .leak(0.9)
                .normalization(normalization)
                .build(),
            // Not the maximum, after which weights learn from other rates than they got (10).
            new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(),
            new SpikingDense.Builder().nOut(20).normalization(normalization).build(),
            SmallNetworks.readOut());
    BackpropRules.apply(configuration, rule);
    return configuration;
  }

  private static MultiLayerNetwork network(BackpropRule rule) {
    return SmallNetworks.network(configuration(rule));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearn(BackpropRule rule) {
    MultiLayerNetwork network = network(rule);
    List<DataSet> training = SmallNetworks.minibatches(200, 20, 1);
    List<DataSet> test = SmallNetworks.minibatches(100, 50, 2);
    double accuracy = 0;
    for (int epoch = 0; epoch < 3 && accuracy < 0.95; epoch++) {
      network.fit(new ListDataSetIterator<>(training, 1));
      accuracy = network.evaluate(new ListDataSetIterator<>(test, 1)).accuracy();
    }
    assertTrue(accuracy >= 0.95, "accuracy " + accuracy);
  }

  /**
   * The scale of weights before a normalisation does not matter, so no gradient points along it.
   */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldHaveGradientsAcrossTheWeights(BackpropRule rule) {
    MultiLayerNetwork network = network(rule);
    Map<String, INDArray> gradients = gradients(network);
    for (String name : List.of("1_W", "3_W")) {
      assertOrthogonal(name, network.getParam(name), gradients.get(name));
    }
    assertOrthogonal("5_W", network.getParam("5_W").transpose(), gradients.get("5_W").transpose());
  }

  private static void assertOrthogonal(String name, INDArray weights, INDArray gradient) {
    long outputs = weights.size(0);
    INDArray w = weights.dup('c').reshape(outputs, -1);
    INDArray g = gradient.dup('c').reshape(outputs, -1);
    double norms = w.norm2Number().doubleValue() * g.norm2Number().doubleValue();
    assertTrue(norms > 0, name + " gets no gradient");
    double largest = w.mul(g).sum(1).amaxNumber().doubleValue();
    assertEquals(0, largest / norms, ALMOST_ORTHOGONAL, name);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldGiveTheSameGradientsWhateverTheNumberOfThreads(BackpropRule rule) throws Exception {
    MultiLayerNetwork network = network(rule);
    Map<String, INDArray> here = gradients(network);
    for (int threads : new int[] {1, 5}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        Map<String, INDArray> there = pool.submit(() -> gradients(network)).get();
        here.forEach((name, gradient) -> assertEquals(gradient, there.get(name), name));
      } finally {
        pool.shutdown();
      }
    }
  }

  /**
   * Minibatches of two sizes, and more of them than a workspace needs to learn its size: the
   * slowest learns while it is entered twice for each layer.
   */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnTheSameInWorkspacesAndWithoutThem(BackpropRule rule) {
    List<INDArray> parameters = new ArrayList<>();
    for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.ENABLED, WorkspaceMode.NONE}) {
      MultiLayerConfiguration configuration = configuration(rule);
      configuration.setTrainingWorkspaceMode(mode);
      MultiLayerNetwork network = SmallNetworks.network(configuration);
      for (int i = 0; i < 6; i++) {
        network.fit(TRAINING);
        network.fit(TEST);
      }
      parameters.add(network.params());
    }
    assertEquals(parameters.get(0), parameters.get(1));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldGoOnAsItWasSaved(BackpropRule rule) {
    MultiLayerNetwork network = network(rule);
    network.fit(TRAINING);
    network.fit(TRAINING);
    MultiLayerNetwork restored = SmallNetworks.restored(network);
    assertSameBits(network.output(TEST.getFeatures()), restored.output(TEST.getFeatures()));
    assertSameBits(network.clone().output(TEST.getFeatures()), restored.output(TEST.getFeatures()));
    network.fit(TRAINING);
    restored.fit(TRAINING);
    assertSameBits(network.params(), restored.params());
  }

  /** A fully connected layer then has a single current per neuron, which has no variance. */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldUseRunningAveragesForAMinibatchOfOne(BackpropRule rule) {
    MultiLayerNetwork network = network(rule);
    network.fit(TRAINING);
    INDArray variance = network.getParam("5_var").dup();
    DataSet one = TRAINING.get(0);
    INDArray rates = network.feedForward(one.getFeatures(), true).get(6);
    assertTrue(rates.meanNumber().doubleValue() < 0.9, "fires at every step");
    network.fit(one);
    assertEquals(variance, network.getParam("5_var"));
    assertTrue(Double.isFinite(network.params().sumNumber().doubleValue()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldKeepItsParametersWhenRulesAreSwapped(BackpropRule rule) {
    MultiLayerNetwork network = network(rule);
    network.fit(TRAINING);
    MultiLayerNetwork swapped = BackpropRules.swap(network, new RateBackprop());
    for (String name : List.of("1_W", "1_gamma", "1_beta", "1_mean", "1_var")) {
      assertEquals(network.getParam(name), swapped.getParam(name), name);
    }
    assertSameBits(network.output(TEST.getFeatures()), swapped.output(TEST.getFeatures()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldTrainInDoublePrecisionAndForOneStep(BackpropRule rule) {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings().dataType(DataType.DOUBLE),
            InputType.convolutional(SmallNetworks.SIZE, SmallNetworks.SIZE, 1),
            SpikeEncoding.direct(1).build(),
            new SpikingDense.Builder()
                .nOut(12)
                .threshold(0.5)
                .normalization(new CurrentNormalization())
                .build(),
            SmallNetworks.readOut());
    BackpropRules.apply(configuration, rule);
    MultiLayerNetwork network = SmallNetworks.network(configuration);
    double before = network.score(TRAINING);
    for (int i = 0; i < 40; i++) {
      network.fit(TRAINING);
    }
    assertTrue(network.score(TRAINING) < before, "loss " + before);
  }

  @Test
  void shouldTrainInAGraph() {
    ComputationGraphConfiguration configuration =
        SmallNetworks.settings()
            .graphBuilder()
            .addInputs("images")
            .setInputTypes(InputType.convolutional(SmallNetworks.SIZE, SmallNetworks.SIZE, 1))
            .addLayer("encoding", SpikeEncoding.poisson(10).build(), "images")
            .addLayer(
                "hidden",
                new SpikingDense.Builder()
                    .nOut(12)
                    .normalization(new CurrentNormalization())
                    .build(),
                "encoding")
            .addLayer("readout", SmallNetworks.readOut(), "hidden")
            .setOutputs("readout")
            .build();
    AsfBackprop.applyTo(configuration);
    ComputationGraph graph = SmallNetworks.graph(configuration);
    double before = graph.score(TRAINING);
    for (int i = 0; i < 10; i++) {
      graph.fit(TRAINING);
    }
    assertTrue(graph.score(TRAINING) < before, "loss " + before);
    assertTrue(graph.getLayer("hidden").getParam("mean").norm2Number().doubleValue() > 0);
  }

  /** To the last bit up to the last spiking layer; the stock read-out rounds by the minibatch. */
  @Test
  void shouldInferEachSampleIndependently() {
    MultiLayerNetwork network = network(new AsfBackprop());
    network.fit(TRAINING);
    List<INDArray> all = network.feedForward(TEST.getFeatures());
    int output = all.size() - 1;
    for (int i = 0; i < TEST.numExamples(); i++) {
      List<INDArray> alone = network.feedForward(TEST.get(i).getFeatures());
      for (int layer = 0; layer < all.size(); layer++) {
        assertArrayEquals(
            all.get(layer).slice(i).ravel().toFloatVector(),
            alone.get(layer).ravel().toFloatVector(),
            layer == output ? 1e-6f : 0,
            "sample " + i + ", layer " + layer);
      }
    }
  }

  @Test
  void shouldInferWithAveragesThatFollowTheMinibatches() {
    MultiLayerNetwork network = network(new AsfBackprop());
    network.setLearningRate(0);
    INDArray before = network.getParam("1_mean").dup();
    for (int i = 0; i < 50; i++) {
      network.fit(TRAINING);
    }
    assertTrue(before.distance2(network.getParam("1_mean")) > 0);
    double trained =
        network.feedForward(TRAINING.getFeatures(), true).get(2).meanNumber().doubleValue();
    double inferred =
        network.feedForward(TRAINING.getFeatures(), false).get(2).meanNumber().doubleValue();
    assertEquals(trained, inferred, 0.05 * trained);
  }

  @Test
  void shouldKeepConfigurationsInJsonAndYaml() {
    MultiLayerConfiguration configuration = configuration(new AsfBackprop());
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, MultiLayerConfiguration.fromYaml(configuration.toYaml()));
  }

  @Test
  void shouldRefuseABiasWithIt() {
    SpikingDense.Builder builder =
        new SpikingDense.Builder().nOut(3).hasBias(true).normalization(new CurrentNormalization());
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
    assertEquals(
        "hasBias must be false with a normalization, whose shift takes its place, got true",
        e.getMessage());
  }

  @Test
  void shouldRefuseGradientNormalizationThatWouldDistortItsAverages() {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings()
                .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue),
            InputType.feedForward(6),
            SpikeEncoding.poisson(5).build(),
            new SpikingDense.Builder().nOut(4).normalization(new CurrentNormalization()).build(),
            SmallNetworks.readOut());
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    DL4JInvalidConfigException e = assertThrows(DL4JInvalidConfigException.class, network::init);
    assertTrue(e.getMessage().contains("[mean, var]"), e.getMessage());
  }

  private static Map<String, INDArray> gradients(MultiLayerNetwork network) {
    network.setInput(TRAINING.getFeatures());
    network.setLabels(TRAINING.getLabels());
    network.computeGradientAndScore();
    Map<String, INDArray> copies = new LinkedHashMap<>();
    network
        .gradient()
        .gradientForVariable()
        .forEach((name, gradient) -> copies.put(name, gradient.dup('c')));
    return copies;
  }
}
