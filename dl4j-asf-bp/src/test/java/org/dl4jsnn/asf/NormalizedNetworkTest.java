package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
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
        Networks.list(
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
                SmallNetworks.readOut())
            .build();
    BackpropRules.apply(configuration, rule);
    return configuration;
  }

  private static MultiLayerNetwork network(BackpropRule rule) {
    return Networks.of(configuration(rule));
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

  private static Map<String, INDArray> gradients(MultiLayerNetwork network) {
    Networks.backprop(network, TRAINING.getFeatures(), TRAINING.getLabels());
    Map<String, INDArray> copies = new LinkedHashMap<>();
    network
        .gradient()
        .gradientForVariable()
        .forEach((name, gradient) -> copies.put(name, gradient.dup('c')));
    return copies;
  }
}
