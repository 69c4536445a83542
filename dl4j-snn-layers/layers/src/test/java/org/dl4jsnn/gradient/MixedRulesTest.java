package org.dl4jsnn.gradient;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
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

  private static final int STEPS = 6;
  private static final int MINIBATCH = 4;
  private static final int INPUTS = 7;
  private static final Surrogate SURROGATE = Surrogate.arctan(1);
  private static final BackpropRule IN_TIME =
      new SpatioTemporalBackprop(SURROGATE).withAttachedReset();
  private static final BackpropRule BY_RATES = new UnitSlope();

  /** Takes rates for currents: the simplest rule that knows rates only. */
  private record UnitSlope() implements BackpropRule {
    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      return pass.propagate(rateGradient);
    }
  }

  private static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder().seed(3).dataType(DataType.DOUBLE).miniBatch(false);
  }

  private static SpikingDense dense(int outputs, BackpropRule rule) {
    return new SpikingDense.Builder().nOut(outputs).leak(0.75).backprop(rule).build();
  }

  private static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(2)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  private static INDArray features() {
    Nd4j.getRandom().setSeed(4);
    return Nd4j.math().round(Nd4j.rand(DataType.DOUBLE, MINIBATCH, INPUTS, STEPS).muli(6)).div(4);
  }

  private static INDArray labels() {
    return Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2);
  }

  private static MultiLayerNetwork network(BackpropRule first, BackpropRule second) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            settings()
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(dense(6, first))
                .layer(dense(5, second))
                .layer(readOut())
                .validateOutputLayerConfig(false)
                .setInputType(InputType.recurrent(INPUTS, STEPS))
                .build());
    network.init();
    round(network.params());
    return network;
  }

  /** Multiples of 1/64, so that all precisions fire the same spikes. */
  private static void round(INDArray parameters) {
    parameters.assign(Nd4j.math().round(parameters.mul(64)).div(64));
  }

  private static UnrolledReference.Layer layer(INDArray weights, int inputs) {
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    parameters.put(Synapse.WEIGHT, weights.dup('c'));
    return new UnrolledReference.Layer(
        new DenseSynapse(FeatureShape.vector(inputs), parameters.get(Synapse.WEIGHT), null),
        new SpikingNeuron(1, 0.75, Reset.toZero(), 0),
        parameters);
  }

  private static List<INDArray> frames(INDArray features) {
    return IntStream.range(0, STEPS)
        .mapToObj(
            step ->
                features
                    .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(step))
                    .dup('c'))
        .toList();
  }

  private static INDArray rateGradient(MultiLayerNetwork network, INDArray rates, INDArray labels) {
    INDArray readOut = network.getParam("3_W");
    return rates.mmul(readOut).sub(labels).mul(2).mmul(readOut.transpose());
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0, "no gradient at all");
    assertEquals(
        0, expected.castTo(DataType.DOUBLE).distance2(actual.castTo(DataType.DOUBLE)), 1e-6 * norm);
  }

  private static void backprop(MultiLayerNetwork network, INDArray features, INDArray labels) {
    network.setInput(features);
    network.setLabels(labels);
    network.computeGradientAndScore();
  }

  @Test
  void shouldSpreadAGradientOfRatesEvenlyOverTheSteps() {
    MultiLayerNetwork network = network(IN_TIME, BY_RATES);
    INDArray features = features();
    INDArray labels = labels();
    backprop(network, features, labels);

    UnrolledReference below =
        new UnrolledReference(
            List.of(layer(network.getParam("1_W"), INPUTS)), SURROGATE, false, false);
    INDArray rates = below.forward(frames(features));
    UnrolledReference both = both(network);
    INDArray last = both.forward(frames(features));
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
    backprop(network, features, labels);

    UnrolledReference below =
        new UnrolledReference(
            List.of(layer(network.getParam("1_W"), INPUTS)), SURROGATE, false, false);
    below.forward(frames(features));
    UnrolledReference above =
        new UnrolledReference(List.of(layer(network.getParam("2_W"), 6)), SURROGATE, false, false);
    INDArray last = above.forward(below.outputs());
    List<Map<String, INDArray>> expected = above.backward(rateGradient(network, last, labels));
    assertClose(expected.get(0).get(Synapse.WEIGHT), network.gradient().getGradientFor("2_W"));
    INDArray inputRates = features.mean(2);
    assertClose(
        inputRates.transpose().mmul(expected.get(1).get("input")),
        network.gradient().getGradientFor("1_W"));
  }

  private static UnrolledReference both(MultiLayerNetwork network) {
    return new UnrolledReference(
        List.of(layer(network.getParam("1_W"), INPUTS), layer(network.getParam("2_W"), 6)),
        SURROGATE,
        false,
        false);
  }

  /**
   * Two branches side by side are one wide layer, and the layer below gets both their gradients.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTreatConcatenatedBranchesAsOneLayer(boolean inTime) {
    BackpropRule rule = inTime ? IN_TIME : BY_RATES;
    MultiLayerNetwork wide =
        new MultiLayerNetwork(
            settings()
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(dense(6, rule))
                .layer(dense(9, rule))
                .layer(dense(5, rule))
                .layer(readOut())
                .validateOutputLayerConfig(false)
                .setInputType(InputType.recurrent(INPUTS, STEPS))
                .build());
    wide.init();
    round(wide.params());
    ComputationGraphConfiguration configuration =
        settings()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(INPUTS, STEPS))
            .addLayer("encoding", SpikeEncoding.frames().build(), "in")
            .addLayer("stem", dense(6, rule), "encoding")
            .addLayer("left", dense(4, rule), "stem")
            .addLayer("right", dense(5, rule), "stem")
            .addVertex("concatenated", new SpikingConcatenate(), "left", "right")
            .addLayer("top", dense(5, rule), "concatenated")
            .addLayer("out", readOut(), "top")
            .setOutputs("out")
            .validateOutputLayerConfig(false)
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    INDArray middle = wide.getParam("2_W");
    graph.getParam("stem_W").assign(wide.getParam("1_W"));
    graph.getParam("left_W").assign(middle.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 4)));
    graph.getParam("right_W").assign(middle.get(NDArrayIndex.all(), NDArrayIndex.interval(4, 9)));
    graph.getParam("top_W").assign(wide.getParam("3_W"));
    graph.getParam("out_W").assign(wide.getParam("4_W"));

    INDArray features = features();
    INDArray labels = labels();
    assertSameBits(wide.output(features), graph.outputSingle(features));
    backprop(wide, features, labels);
    graph.setInputs(features);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
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
        new ComputationGraph(
            settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(INPUTS, STEPS))
                .addLayer("encoding", SpikeEncoding.frames().build(), "in")
                .addLayer("left", dense(6, rule), "encoding")
                .addLayer("right", dense(6, rule), "encoding")
                .addVertex("sum", new SpikingAdd(), "left", "right")
                .addLayer("top", dense(5, rule), "sum")
                .addLayer("out", readOut(), "top")
                .setOutputs("out")
                .validateOutputLayerConfig(false)
                .build());
    graph.init();
    graph.getParam("left_W").assign(single.getParam("1_W"));
    graph.getParam("right_W").assign(single.getParam("1_W"));
    graph.getParam("top_W").assign(single.getParam("2_W").div(2));
    graph.getParam("out_W").assign(single.getParam("3_W"));

    INDArray features = features();
    INDArray labels = labels();
    assertSameBits(single.output(features), graph.outputSingle(features));
    backprop(single, features, labels);
    graph.setInputs(features);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    assertClose(
        single.gradient().getGradientFor("2_W").mul(2), graph.gradient().getGradientFor("top_W"));
    for (String branch : List.of("left_W", "right_W")) {
      assertClose(
          single.gradient().getGradientFor("1_W").div(2), graph.gradient().getGradientFor(branch));
    }
  }

  /** The rates of max pooling are the maxima of rates, not the rates of its spikes. */
  @Test
  void shouldCombineRatesAsTheyArrive() {
    SpikingPooling2D pooling = new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build();
    ComputationGraph graph =
        new ComputationGraph(
            settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(
                    InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 4, 4, 2))
                .addLayer("encoding", SpikeEncoding.frames().build(), "in")
                .addLayer("pool", pooling, "encoding")
                .addVertex("sum", new SpikingAdd(), "pool", "pool")
                .addVertex("both", new SpikingConcatenate(), "sum", "pool")
                .addLayer("top", dense(5, IN_TIME), "both")
                .addLayer("out", readOut(), "top")
                .setOutputs("out")
                .validateOutputLayerConfig(false)
                .build());
    graph.init();
    INDArray frames = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS, 4, 4).gt(0.5);
    Map<String, INDArray> activations = graph.feedForward(frames.castTo(DataType.DOUBLE), false);
    INDArray pooled = activations.get("pool");
    assertEquals(pooled.mul(2), activations.get("sum"));
    assertEquals(Nd4j.concat(1, pooled.mul(2), pooled), activations.get("both"));
  }

  @Test
  void shouldRefuseHalfPrecisionByName() {
    NeuralNetConfiguration.Builder half =
        new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT16);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            half.list()
                .layer(SpikeEncoding.frames().build())
                .layer(dense(6, IN_TIME))
                .layer(readOut())
                .setInputType(InputType.recurrent(INPUTS, STEPS))
                .build());
    Exception e = assertThrows(Exception.class, network::init);
    assertTrue(e.getMessage().contains("(SpikingDense): the network's data type must be FLOAT"));
  }

  @Test
  void shouldRefuseAGradientBeyondTwoGigabytesByItsSize() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new SpikeGradient(FeatureShape.image(64, 32, 32), 90, 100, DataType.FLOAT).close());
    assertEquals(
        "gradient in time must take less than 2 GiB, got 90 samples x 100 steps x 65536 neurons x 4"
            + " bytes. Use smaller minibatches, fewer steps, or a rate-based rule",
        e.getMessage());
  }

  @Test
  void shouldRestoreVerticesFromJson() {
    ComputationGraphConfiguration configuration =
        settings()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(INPUTS, STEPS))
            .addLayer("encoding", SpikeEncoding.frames().build(), "in")
            .addLayer("left", dense(6, IN_TIME), "encoding")
            .addLayer("right", dense(6, IN_TIME), "encoding")
            .addVertex("sum", new SpikingAdd(), "left", "right")
            .addVertex("both", new SpikingConcatenate(), "sum", "right")
            .addLayer("top", dense(5, IN_TIME), "both")
            .addLayer("out", readOut(), "top")
            .setOutputs("out")
            .validateOutputLayerConfig(false)
            .build();
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
  }
}
