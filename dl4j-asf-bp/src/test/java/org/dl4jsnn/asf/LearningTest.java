package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.internal.contract.Cases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Every rule learns a small task, and takes over from another on a trained network. */
@Tag("slow")
class LearningTest {

  private static final double WANTED = 0.95;

  static Stream<BackpropRule> rules() {
    return Stream.of(
        new AsfBackprop(),
        new AsfBackprop().withSaturationGate(),
        new RateBackprop(),
        new RateBackprop().withDetachedReset(),
        new SpatioTemporalBackprop(),
        new SpatioTemporalBackprop().withDetachedReset().withSegments(5));
  }

  /** By default each without its settings. */
  static Stream<Arguments> learning() {
    return Cases.crossed(2, rules().toList());
  }

  @ParameterizedTest
  @MethodSource("learning")
  void shouldLearnWhichThirdOfAnImageIsBright(BackpropRule rule) {
    MultiLayerConfiguration configuration = SmallNetworks.configuration(12, WorkspaceMode.ENABLED);
    BackpropRules.apply(configuration, rule);
    MultiLayerNetwork network = Networks.of(configuration);
    double accuracy = 0;
    for (int epoch = 0; epoch < 5 && accuracy < WANTED; epoch++) {
      train(network, 1);
      accuracy = accuracy(network);
    }
    assertTrue(accuracy >= WANTED, "accuracy " + accuracy);
  }

  private static void train(MultiLayerNetwork network, int epochs) {
    List<DataSet> minibatches = SmallNetworks.minibatches(300, 20, 1);
    network.fit(new ListDataSetIterator<>(minibatches, 1), epochs);
  }

  private static double accuracy(MultiLayerNetwork network) {
    return network
        .evaluate(new ListDataSetIterator<>(SmallNetworks.minibatches(200, 50, 2), 1))
        .accuracy();
  }

  @Test
  void shouldSwapRulesOnATrainedNetworkAndBack() {
    MultiLayerNetwork published = SmallNetworks.network();
    train(published, 2);
    INDArray features = SmallNetworks.images(10, 3).getFeatures();
    INDArray before = published.output(features);
    INDArray parameters = published.params().dup();

    MultiLayerNetwork inTime = BackpropRules.swap(published, new SpatioTemporalBackprop());
    assertSameBits(before, inTime.output(features));
    assertTrue(inTime.numParams() < published.numParams(), "the slopes must be gone");
    train(inTime, 2);
    assertTrue(accuracy(inTime) >= WANTED);
    assertSameBits(parameters, published.params());

    INDArray trained = inTime.output(features);
    MultiLayerNetwork back = BackpropRules.swap(inTime, new AsfBackprop());
    assertSameBits(trained, back.output(features));
    assertEquals(1, back.getParam("1_slope").getDouble(0));
    train(back, 1);
    assertTrue(accuracy(back) >= WANTED);
    assertNotEquals(trained, back.output(features));
  }

  @Test
  void shouldKeepSlopesAndTheUpdatersStateWhereRulesKeepTheSameScalars() {
    MultiLayerNetwork published = SmallNetworks.network();
    train(published, 1);
    MultiLayerNetwork gated = BackpropRules.swap(published, new AsfBackprop().withSaturationGate());
    assertSameBits(published.params(), gated.params());
    assertSameBits(published.updaterState(), gated.updaterState());
    assertEquals(published.getEpochCount(), gated.getEpochCount());
    assertEquals(published.getIterationCount(), gated.getIterationCount());
  }

  @Test
  void shouldSwapRulesOnATrainedGraph() {
    ComputationGraph graph = Networks.of(SmallNetworks.branched(WorkspaceMode.ENABLED));
    SmallNetworks.minibatches(60, 20, 1).forEach(graph::fit);
    graph.incrementEpochCount();
    INDArray features = SmallNetworks.images(10, 3).getFeatures();
    for (BackpropRule rule : rules().toList()) {
      ComputationGraph swapped = BackpropRules.swap(graph, rule);
      assertSameBits(graph.outputSingle(features), swapped.outputSingle(features));
      BaseSpikingLayer stem = (BaseSpikingLayer) swapped.getLayer("stem").conf().getLayer();
      assertEquals(rule, stem.getBackprop());
      assertEquals(3, swapped.getConfiguration().getIterationCount());
      assertEquals(1, swapped.getConfiguration().getEpochCount());
      SmallNetworks.minibatches(60, 20, 1).forEach(swapped::fit);
      assertNotEquals(graph.getParam("stem_W"), swapped.getParam("stem_W"));
    }
    ComputationGraph gated = BackpropRules.swap(graph, new AsfBackprop().withSaturationGate());
    assertSameBits(graph.updaterState(), gated.updaterState());
  }
}
