package org.dl4jsnn.gradient;

import static org.dl4jsnn.gradient.BothKindsOfRules.IN_TIME;
import static org.dl4jsnn.gradient.BothKindsOfRules.MINIBATCH;
import static org.dl4jsnn.gradient.BothKindsOfRules.TYPE;
import static org.dl4jsnn.gradient.BothKindsOfRules.assertClose;
import static org.dl4jsnn.gradient.BothKindsOfRules.dense;
import static org.dl4jsnn.gradient.BothKindsOfRules.features;
import static org.dl4jsnn.gradient.BothKindsOfRules.graph;
import static org.dl4jsnn.gradient.BothKindsOfRules.labels;
import static org.dl4jsnn.gradient.BothKindsOfRules.reference;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Gradients through dropout. For one sample, dropout of the neurons below is a factor on the rows
 * of the weights above. So the reference needs no dropout: for each sample it uses a network of
 * masked weights.
 */
class SpikingDropoutNetworkTest {

  /** 1/p is 2, so that all precisions fire the same spikes. */
  private static final double RETAIN = 0.5;

  private final INDArray features = features();
  private final INDArray labels = labels();

  private static NeuralNetConfiguration.Builder settings(WorkspaceMode workspaces) {
    return BothKindsOfRules.settings().trainingWorkspaceMode(workspaces);
  }

  private static SpikingDropout dropout() {
    return new SpikingDropout.Builder().retain(RETAIN).build();
  }

  private static MultiLayerNetwork network(
      WorkspaceMode workspaces, org.deeplearning4j.nn.conf.layers.Layer... layers) {
    return BothKindsOfRules.network(settings(workspaces), layers);
  }

  /** The layer's mask of the last forward pass: the result for a gradient of ones. */
  private static INDArray mask(Layer dropout, int neurons) {
    INDArray ones = Nd4j.ones(DataType.DOUBLE, MINIBATCH, neurons);
    INDArray mask = dropout.backpropGradient(ones, LayerWorkspaceMgr.noWorkspaces()).getSecond();
    double share = mask.meanNumber().doubleValue() * RETAIN;
    assertTrue(share > 0 && share < 1, "share kept " + share);
    return mask.dup();
  }

  private static INDArray row(INDArray array, int sample) {
    return array.get(NDArrayIndex.interval(sample, sample + 1)).dup('c');
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
      INDArray rates = reference.forward(row(features, sample));
      List<Map<String, INDArray>> gradients =
          reference.backward(rateGradient(rates, readOut, sample));
      for (int l = 0; l < weights.length; l++) {
        INDArray gradient = gradients.get(l).get(Synapse.WEIGHT);
        sums.get(l).addi(l == 1 ? gradient.mulColumnVector(rows) : gradient);
      }
    }
    return sums;
  }

  private void backprop(MultiLayerNetwork network) {
    Networks.backprop(network, features, labels);
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

  /** Both branches read the same masked spikes, and their gradients add up. */
  @Test
  void shouldServeBranchesOfAGraph() {
    ComputationGraphConfiguration configuration =
        graph(BothKindsOfRules.settings(), TYPE, "top")
            .addLayer("stem", dense(6, IN_TIME), "encoding")
            .addLayer("dropout", dropout(), "stem")
            .addLayer("left", dense(4, IN_TIME), "dropout")
            .addLayer("right", dense(5, IN_TIME), "dropout")
            .addVertex("concatenated", new SpikingConcatenate(), "left", "right")
            .addLayer("top", dense(5, IN_TIME), "concatenated")
            .build();
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    ComputationGraph graph = Networks.of(configuration);
    Networks.round(graph.params());
    graph.feedForward(new INDArray[] {features}, true, false);
    INDArray mask = mask(graph.getLayer("dropout"), 6);
    BothKindsOfRules.backprop(graph, features, labels);
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
