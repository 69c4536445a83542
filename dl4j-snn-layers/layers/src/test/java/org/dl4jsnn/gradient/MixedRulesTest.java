package org.dl4jsnn.gradient;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.dl4jsnn.gradient.BothKindsOfRules.BY_RATES;
import static org.dl4jsnn.gradient.BothKindsOfRules.IN_TIME;
import static org.dl4jsnn.gradient.BothKindsOfRules.MINIBATCH;
import static org.dl4jsnn.gradient.BothKindsOfRules.STEPS;
import static org.dl4jsnn.gradient.BothKindsOfRules.TYPE;
import static org.dl4jsnn.gradient.BothKindsOfRules.assertClose;
import static org.dl4jsnn.gradient.BothKindsOfRules.backprop;
import static org.dl4jsnn.gradient.BothKindsOfRules.dense;
import static org.dl4jsnn.gradient.BothKindsOfRules.features;
import static org.dl4jsnn.gradient.BothKindsOfRules.graph;
import static org.dl4jsnn.gradient.BothKindsOfRules.labels;
import static org.dl4jsnn.gradient.BothKindsOfRules.reference;
import static org.dl4jsnn.gradient.BothKindsOfRules.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Gradients in time and gradients of rates meet: rules of both kinds, branches, vertices. */
class MixedRulesTest {

  private static MultiLayerNetwork network(BackpropRule first, BackpropRule second) {
    return BothKindsOfRules.network(settings(), dense(6, first), dense(5, second));
  }

  private static INDArray rateGradient(MultiLayerNetwork network, INDArray rates, INDArray labels) {
    INDArray readOut = network.getParam("3_W");
    return rates.mmul(readOut).sub(labels).mul(2).mmul(readOut.transpose());
  }

  @Test
  void shouldSpreadAGradientOfRatesEvenlyOverTheSteps() {
    MultiLayerNetwork network = network(IN_TIME, BY_RATES);
    INDArray features = features();
    INDArray labels = labels();
    Networks.backprop(network, features, labels);

    UnrolledReference below = reference(network.getParam("1_W"));
    INDArray rates = below.forward(features);
    UnrolledReference both = reference(network.getParam("1_W"), network.getParam("2_W"));
    INDArray last = both.forward(features);
    INDArray gradient = rateGradient(network, last, labels);
    assertClose(rates.transpose().mmul(gradient), network.gradient().getGradientFor("2_W"));
    INDArray rateGradientBelow = gradient.mmul(network.getParam("2_W").transpose());
    assertClose(
        below.backward(rateGradientBelow).get(0).get(Synapse.WEIGHT),
        network.gradient().getGradientFor("1_W"));
  }

  @Test
  void shouldSumAGradientInTimeForARuleThatKnowsRates() {
    MultiLayerNetwork network = network(BY_RATES, IN_TIME);
    INDArray features = features();
    INDArray labels = labels();
    Networks.backprop(network, features, labels);

    UnrolledReference below = reference(network.getParam("1_W"));
    below.forward(features);
    UnrolledReference above = reference(network.getParam("2_W"));
    INDArray last = above.forward(below.outputs());
    List<Map<String, INDArray>> expected = above.backward(rateGradient(network, last, labels));
    assertClose(expected.get(0).get(Synapse.WEIGHT), network.gradient().getGradientFor("2_W"));
    INDArray inputRates = features.mean(2);
    assertClose(
        inputRates.transpose().mmul(expected.get(1).get("input")),
        network.gradient().getGradientFor("1_W"));
  }

  /**
   * Two branches side by side are one wide layer, and the layer below gets both their gradients.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTreatConcatenatedBranchesAsOneLayer(boolean inTime) {
    BackpropRule rule = inTime ? IN_TIME : BY_RATES;
    MultiLayerNetwork wide =
        BothKindsOfRules.network(settings(), dense(6, rule), dense(9, rule), dense(5, rule));
    ComputationGraph graph =
        Networks.of(
            graph(settings(), TYPE, "top")
                .addLayer("stem", dense(6, rule), "encoding")
                .addLayer("left", dense(4, rule), "stem")
                .addLayer("right", dense(5, rule), "stem")
                .addVertex("concatenated", new SpikingConcatenate(), "left", "right")
                .addLayer("top", dense(5, rule), "concatenated")
                .build());
    INDArray middle = wide.getParam("2_W");
    graph.getParam("stem_W").assign(wide.getParam("1_W"));
    graph.getParam("left_W").assign(middle.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 4)));
    graph.getParam("right_W").assign(middle.get(NDArrayIndex.all(), NDArrayIndex.interval(4, 9)));
    graph.getParam("top_W").assign(wide.getParam("3_W"));
    graph.getParam("out_W").assign(wide.getParam("4_W"));

    INDArray features = features();
    INDArray labels = labels();
    assertSameBits(wide.output(features), graph.outputSingle(features));
    Networks.backprop(wide, features, labels);
    backprop(graph, features, labels);
    INDArray middleGradient = wide.gradient().getGradientFor("2_W");
    assertClose(wide.gradient().getGradientFor("1_W"), graph.gradient().getGradientFor("stem_W"));
    assertClose(
        middleGradient.get(NDArrayIndex.all(), NDArrayIndex.interval(4, 9)),
        graph.gradient().getGradientFor("right_W"));
    assertClose(wide.gradient().getGradientFor("3_W"), graph.gradient().getGradientFor("top_W"));
  }

  /** Equal branches that are added fire twice as strong: as if the weights above were doubled. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAddCoincidingSpikes(boolean inTime) {
    BackpropRule rule = inTime ? IN_TIME : BY_RATES;
    MultiLayerNetwork single = network(rule, rule);
    ComputationGraph graph =
        Networks.of(
            graph(settings(), TYPE, "top")
                .addLayer("left", dense(6, rule), "encoding")
                .addLayer("right", dense(6, rule), "encoding")
                .addVertex("sum", new SpikingAdd(), "left", "right")
                .addLayer("top", dense(5, rule), "sum")
                .build());
    graph.getParam("left_W").assign(single.getParam("1_W"));
    graph.getParam("right_W").assign(single.getParam("1_W"));
    graph.getParam("top_W").assign(single.getParam("2_W").div(2));
    graph.getParam("out_W").assign(single.getParam("3_W"));

    INDArray features = features();
    INDArray labels = labels();
    assertSameBits(single.output(features), graph.outputSingle(features));
    Networks.backprop(single, features, labels);
    backprop(graph, features, labels);
    assertClose(
        single.gradient().getGradientFor("2_W").mul(2), graph.gradient().getGradientFor("top_W"));
    for (String branch : List.of("left_W", "right_W")) {
      assertClose(
          single.gradient().getGradientFor("1_W").div(2), graph.gradient().getGradientFor(branch));
    }
  }

  /** What a comparison with another branch keeps and what it leaves out make up a branch. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldCompareSpikes(boolean inTime) {
    BackpropRule rule = inTime ? IN_TIME : BY_RATES;
    MultiLayerNetwork wide =
        BothKindsOfRules.network(settings(), dense(6, rule), dense(5, rule), dense(5, rule));
    ComputationGraph graph =
        Networks.of(
            graph(settings(), TYPE, "top")
                .addLayer("stem", dense(6, rule), "encoding")
                .addLayer("left", dense(5, rule), "stem")
                .addLayer("right", dense(5, rule), "stem")
                .addVertex("kept", new SpikingAndNot(), "left", "right")
                .addVertex("both", new SpikingAnd(), "left", "right")
                .addVertex("sum", new SpikingAdd(), "kept", "both")
                .addLayer("top", dense(5, rule), "sum")
                .build());
    graph.getParam("stem_W").assign(wide.getParam("1_W"));
    graph.getParam("left_W").assign(wide.getParam("2_W"));
    graph.getParam("right_W").assign(wide.getParam("2_W").mul(0.7).addi(0.05));
    graph.getParam("top_W").assign(wide.getParam("3_W"));
    graph.getParam("out_W").assign(wide.getParam("4_W"));
    INDArray features = features();
    INDArray labels = labels();
    // Spikes of the left that the right lacks, and those that it has, are all of the left.
    assertSameBits(wide.output(features), graph.outputSingle(features));
    Networks.backprop(wide, features, labels);
    backprop(graph, features, labels);
    for (int layer = 1; layer <= 3; layer++) {
      String name = List.of("stem_W", "left_W", "top_W").get(layer - 1);
      assertClose(
          wide.gradient().getGradientFor(layer + "_W"), graph.gradient().getGradientFor(name));
    }
    // d(left · (1 − right) + left · right) / d right = 0
    INDArray right = graph.gradient().getGradientFor("right_W");
    assertEquals(0, right.amaxNumber().doubleValue(), 1e-12);
  }

  /** A leaky read-out knows the gradient of every step; a comparison lets some of them through. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldHandDownTheStepsThatAComparisonLetsThrough(boolean both) {
    double leak = 0.5;
    ComputationGraph graph =
        Networks.of(
            settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(TYPE)
                .addLayer("encoding", SpikeEncoding.frames().build(), "in")
                .addLayer("left", dense(6, IN_TIME), "encoding")
                .addLayer("right", dense(6, IN_TIME), "encoding")
                .addVertex("met", both ? new SpikingAnd() : new SpikingAndNot(), "left", "right")
                .addLayer("sums", new LeakyReadOut.Builder().nOut(2).leak(leak).build(), "met")
                .addLayer(
                    "out",
                    new LossLayer.Builder(new LossL2()).activation(Activation.IDENTITY).build(),
                    "sums")
                .setOutputs("out")
                .build());
    Networks.round(graph.params());
    INDArray features = features();
    INDArray labels = labels();
    backprop(graph, features, labels);

    UnrolledReference left = reference(graph.getParam("left_W"));
    UnrolledReference right = reference(graph.getParam("right_W"));
    left.forward(features);
    right.forward(features);
    List<INDArray> a = left.outputs();
    List<INDArray> b = right.outputs();
    INDArray weights = graph.getParam("sums_W");
    INDArray membrane = Nd4j.zeros(DataType.DOUBLE, MINIBATCH, 2);
    List<INDArray> passed = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      passed.add(both ? b.get(step) : b.get(step).rsub(1));
      membrane = membrane.mul(leak).add(a.get(step).mul(passed.get(step)).mmul(weights));
    }
    INDArray ofLast = membrane.sub(labels).mul(2).mmul(weights.transpose());
    List<INDArray> ofLeft = new ArrayList<>();
    List<INDArray> ofRight = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      INDArray gradient = ofLast.mul(Math.pow(leak, STEPS - 1 - step));
      ofLeft.add(gradient.mul(passed.get(step)));
      ofRight.add(gradient.mul(a.get(step)).mul(both ? 1 : -1));
    }
    assertClose(
        left.backward(ofLeft).get(0).get(Synapse.WEIGHT),
        graph.gradient().getGradientFor("left_W"));
    assertClose(
        right.backward(ofRight).get(0).get(Synapse.WEIGHT),
        graph.gradient().getGradientFor("right_W"));
  }

  /** The rates of max pooling are the maxima of rates, not the rates of its spikes. */
  @Test
  void shouldCombineRatesAsTheyArrive() {
    SpikingPooling2D pooling = new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build();
    ComputationGraph graph =
        Networks.of(
            graph(settings(), Networks.film(STEPS, 4, 4, 2), "top")
                .addLayer("pool", pooling, "encoding")
                .addVertex("sum", new SpikingAdd(), "pool", "pool")
                .addVertex("both", new SpikingConcatenate(), "sum", "pool")
                .addLayer("top", dense(5, IN_TIME), "both")
                .build());
    INDArray frames = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS, 4, 4).gt(0.5);
    Map<String, INDArray> activations = graph.feedForward(frames.castTo(DataType.DOUBLE), false);
    INDArray pooled = activations.get("pool");
    assertEquals(pooled.mul(2), activations.get("sum"));
    assertEquals(Nd4j.concat(1, pooled.mul(2), pooled), activations.get("both"));
  }

  @Test
  void shouldRefuseHalfPrecisionByName() {
    assertRefused(
        () -> BothKindsOfRules.network(settings().dataType(DataType.FLOAT16), dense(6, IN_TIME)),
        "(SpikingDense): the network's data type must be FLOAT");
  }

  @Test
  void shouldRefuseAGradientBeyondTwoGigabytesByItsSize() {
    assertMessage(
        "gradient in time must take less than 2 GiB, got 90 samples x 100 steps x 65536 neurons x 4"
            + " bytes. Use smaller minibatches, fewer steps, or a rate-based rule",
        () ->
            new SpikeGradient(
                    new GradientMemory(), FeatureShape.image(64, 32, 32), 90, 100, DataType.FLOAT)
                .close());
  }

  @Test
  void shouldRestoreVerticesFromJson() {
    ComputationGraphConfiguration configuration =
        graph(settings(), TYPE, "top")
            .addLayer("left", dense(6, IN_TIME), "encoding")
            .addLayer("right", dense(6, IN_TIME), "encoding")
            .addVertex("sum", new SpikingAdd(), "left", "right")
            .addVertex("same", new SpikingAnd(), "right", "left")
            .addVertex("other", new SpikingAndNot(), "right", "left")
            .addVertex("both", new SpikingConcatenate(), "sum", "same", "other")
            .addLayer("top", dense(5, IN_TIME), "both")
            .build();
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
  }
}
