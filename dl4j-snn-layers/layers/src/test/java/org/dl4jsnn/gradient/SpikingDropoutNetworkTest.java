package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Gradients through dropout. For one sample, dropout of the neurons below is a factor on the rows
 * of the weights above. So the reference needs no dropout: for each sample it uses a network of
 * masked weights.
 */
class SpikingDropoutNetworkTest {

  private static final int STEPS = 6;
  private static final int MINIBATCH = 4;
  private static final int INPUTS = 7;

  /** 1/p is 2, so that all precisions fire the same spikes. */
  private static final double RETAIN = 0.5;

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

  private final INDArray features = features();
  private final INDArray labels = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2);

  private static INDArray features() {
    Nd4j.getRandom().setSeed(4);
    return Nd4j.math().round(Nd4j.rand(DataType.DOUBLE, MINIBATCH, INPUTS, STEPS).muli(6)).div(4);
  }

  private static NeuralNetConfiguration.Builder settings(WorkspaceMode workspaces) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(DataType.DOUBLE)
        .miniBatch(false)
        .trainingWorkspaceMode(workspaces);
  }

  private static SpikingDense dense(int outputs, BackpropRule rule) {
    return new SpikingDense.Builder().nOut(outputs).leak(0.75).backprop(rule).build();
  }

  private static SpikingDropout dropout() {
    return new SpikingDropout.Builder().retain(RETAIN).build();
  }

  private static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(2)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  private static MultiLayerNetwork network(
      WorkspaceMode workspaces, org.deeplearning4j.nn.conf.layers.Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings(workspaces).list();
    list.layer(SpikeEncoding.frames().build());
    for (org.deeplearning4j.nn.conf.layers.Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.layer(readOut())
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

  /** The layer's mask of the last forward pass: the result for a gradient of ones. */
  private static INDArray mask(Layer dropout, int neurons) {
    INDArray ones = Nd4j.ones(DataType.DOUBLE, MINIBATCH, neurons);
    INDArray mask = dropout.backpropGradient(ones, LayerWorkspaceMgr.noWorkspaces()).getSecond();
    double share = mask.meanNumber().doubleValue() * RETAIN;
    assertTrue(share > 0 && share < 1, "share kept " + share);
    return mask.dup();
  }

  private static UnrolledReference.Layer layer(INDArray weights) {
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    parameters.put(Synapse.WEIGHT, weights.dup('c'));
    FeatureShape input = FeatureShape.vector((int) weights.size(0));
    return new UnrolledReference.Layer(
        new DenseSynapse(input, parameters.get(Synapse.WEIGHT), null),
        new SpikingNeuron(1, 0.75, Reset.toZero(), 0),
        parameters);
  }

  private static UnrolledReference reference(INDArray... weights) {
    List<UnrolledReference.Layer> layers = new ArrayList<>();
    for (INDArray w : weights) {
      layers.add(layer(w));
    }
    return new UnrolledReference(layers, SURROGATE, false, false);
  }

  private static INDArray row(INDArray array, int sample) {
    return array.get(NDArrayIndex.interval(sample, sample + 1)).dup('c');
  }

  private List<INDArray> frames(int sample) {
    return IntStream.range(0, STEPS)
        .mapToObj(
            step ->
                row(features, sample)
                    .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(step))
                    .dup('c'))
        .toList();
  }

  private INDArray rateGradient(INDArray rates, INDArray readOut, int sample) {
    return rates.mmul(readOut).sub(row(labels, sample)).mul(2).mmul(readOut.transpose());
  }

  /** The gradients of layers of spatio-temporal rules, the second of which reads masked spikes. */
  private List<INDArray> expected(INDArray mask, INDArray readOut, INDArray... weights) {
    List<INDArray> sums = new ArrayList<>();
    for (INDArray w : weights) {
      sums.add(Nd4j.create(DataType.DOUBLE, w.shape()));
    }
    for (int sample = 0; sample < MINIBATCH; sample++) {
      INDArray rows = row(mask, sample).reshape(mask.size(1), 1);
      INDArray[] masked = weights.clone();
      masked[1] = weights[1].mulColumnVector(rows);
      UnrolledReference reference = reference(masked);
      INDArray rates = reference.forward(frames(sample));
      List<Map<String, INDArray>> gradients =
          reference.backward(rateGradient(rates, readOut, sample));
      for (int l = 0; l < weights.length; l++) {
        INDArray gradient = gradients.get(l).get(Synapse.WEIGHT);
        sums.get(l).addi(l == 1 ? gradient.mulColumnVector(rows) : gradient);
      }
    }
    return sums;
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0, "no gradient at all");
    assertEquals(0, expected.distance2(actual), 1e-6 * norm);
  }

  private void backprop(MultiLayerNetwork network) {
    network.setInput(features);
    network.setLabels(labels);
    network.computeGradientAndScore();
  }

  @ParameterizedTest
  @EnumSource(
      value = WorkspaceMode.class,
      names = {"ENABLED", "NONE"})
  void shouldMaskTheGradientOfEveryStep(WorkspaceMode workspaces) {
    MultiLayerNetwork network =
        network(workspaces, dense(6, IN_TIME), dropout(), dense(5, IN_TIME));
    network.setInput(features);
    network.feedForward(true, false);
    INDArray mask = mask(network.getLayer(2), 6);
    backprop(network);
    List<INDArray> expected =
        expected(mask, network.getParam("4_W"), network.getParam("1_W"), network.getParam("3_W"));
    assertClose(expected.get(0), network.gradient().getGradientFor("1_W"));
    assertClose(expected.get(1), network.gradient().getGradientFor("3_W"));
  }

  /** A read-out on dropped rates leaves nothing in time; its gradient is spread evenly. */
  @Test
  void shouldMaskTheGradientOfRates() {
    MultiLayerNetwork network = network(WorkspaceMode.ENABLED, dense(6, IN_TIME), dropout());
    network.setInput(features);
    INDArray activation = network.feedForward(true, false).get(3).dup();
    INDArray mask = mask(network.getLayer(2), 6);
    backprop(network);
    INDArray sum = Nd4j.create(DataType.DOUBLE, INPUTS, 6);
    for (int sample = 0; sample < MINIBATCH; sample++) {
      UnrolledReference reference = reference(network.getParam("1_W"));
      INDArray rates = reference.forward(frames(sample)).mul(row(mask, sample));
      assertEquals(0, rates.distance2(row(activation, sample)), 1e-6);
      INDArray gradient = rateGradient(rates, network.getParam("3_W"), sample);
      INDArray masked = gradient.mul(row(mask, sample));
      sum.addi(reference.backward(masked).get(0).get(Synapse.WEIGHT));
    }
    assertClose(sum, network.gradient().getGradientFor("1_W"));
  }

  /** A rate-based rule below gets the sum over the steps, masked. */
  @Test
  void shouldMaskTheSumOfAGradientInTime() {
    MultiLayerNetwork network =
        network(WorkspaceMode.ENABLED, dense(6, BY_RATES), dropout(), dense(5, IN_TIME));
    network.setInput(features);
    network.feedForward(true, false);
    INDArray mask = mask(network.getLayer(2), 6);
    backprop(network);
    INDArray sum = Nd4j.create(DataType.DOUBLE, INPUTS, 6);
    for (int sample = 0; sample < MINIBATCH; sample++) {
      INDArray factors = row(mask, sample);
      UnrolledReference below = reference(network.getParam("1_W"));
      below.forward(frames(sample));
      UnrolledReference above = reference(network.getParam("3_W"));
      INDArray rates =
          above.forward(below.outputs().stream().map(step -> step.mul(factors)).toList());
      INDArray gradient =
          above
              .backward(rateGradient(rates, network.getParam("4_W"), sample))
              .get(1)
              .get("input")
              .mul(factors);
      sum.addi(row(features, sample).mean(2).transpose().mmul(gradient));
    }
    assertClose(sum, network.gradient().getGradientFor("1_W"));
  }

  /** Both branches read the same masked spikes, and their gradients add up. */
  @Test
  void shouldServeBranchesOfAGraph() {
    ComputationGraphConfiguration configuration =
        settings(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(INPUTS, STEPS))
            .addLayer("encoding", SpikeEncoding.frames().build(), "in")
            .addLayer("stem", dense(6, IN_TIME), "encoding")
            .addLayer("dropout", dropout(), "stem")
            .addLayer("left", dense(4, IN_TIME), "dropout")
            .addLayer("right", dense(5, IN_TIME), "dropout")
            .addVertex("concatenated", new SpikingConcatenate(), "left", "right")
            .addLayer("top", dense(5, IN_TIME), "concatenated")
            .addLayer("out", readOut(), "top")
            .setOutputs("out")
            .validateOutputLayerConfig(false)
            .build();
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    round(graph.params());
    graph.feedForward(new INDArray[] {features}, true, false);
    INDArray mask = mask(graph.getLayer("dropout"), 6);
    graph.setInputs(features);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    INDArray wide = Nd4j.concat(1, graph.getParam("left_W"), graph.getParam("right_W"));
    List<INDArray> expected =
        expected(
            mask, graph.getParam("out_W"), graph.getParam("stem_W"), wide, graph.getParam("top_W"));
    assertClose(expected.get(0), graph.gradient().getGradientFor("stem_W"));
    assertClose(
        expected.get(1).get(NDArrayIndex.all(), NDArrayIndex.interval(4, 9)),
        graph.gradient().getGradientFor("right_W"));
    assertClose(expected.get(2), graph.gradient().getGradientFor("top_W"));
  }
}
