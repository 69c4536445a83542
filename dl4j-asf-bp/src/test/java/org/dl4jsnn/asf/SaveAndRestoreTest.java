package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

class SaveAndRestoreTest {

  private static final DataSet TEST = SmallNetworks.images(9, 99);

  /** Every option of the layers away from its default. */
  private static MultiLayerConfiguration allOptions() {
    AsfBackprop rule =
        new AsfBackprop(
            new LinearEstimation(0.5, 0.01, 0.9), RefreshSchedule.everyIterations(3), 0.8, false);
    return SmallNetworks.configuration(
        SmallNetworks.settings(),
        InputType.convolutionalFlat(8, 8, 1),
        SpikeEncoding.poisson(7).gain(0.3).freshInferenceNoise(true).inputGradient(false).build(),
        new SpikingConvolution2D.Builder(3, 2)
            .nOut(4)
            .stride(2, 1)
            .padding(1, 0)
            .dilation(1, 2)
            .hasBias(true)
            .threshold(0.8)
            .leak(0.7)
            .reset(Reset.to(-0.25))
            .initialMembrane(0.1)
            .backprop(rule)
            .build(),
        new SpikingDense.Builder()
            .nOut(6)
            .hasBias(true)
            .reset(Reset.bySubtraction())
            .backprop(rule)
            .build(),
        new OutputLayer.Builder(new LossL2())
            .nOut(3)
            .activation(new ReadOutActivation(0.8))
            .build());
  }

  @Test
  void shouldKeepConfigurationsInJsonAndYaml() {
    for (MultiLayerConfiguration configuration :
        List.of(allOptions(), SmallNetworks.configuration(12, WorkspaceMode.ENABLED))) {
      assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
      assertEquals(configuration, MultiLayerConfiguration.fromYaml(configuration.toYaml()));
      assertEquals(configuration, configuration.clone());
    }
    ComputationGraphConfiguration graph = SmallNetworks.branched(WorkspaceMode.ENABLED);
    assertEquals(graph, ComputationGraphConfiguration.fromJson(graph.toJson()));
    assertEquals(graph, ComputationGraphConfiguration.fromYaml(graph.toYaml()));
  }

  @Test
  void shouldDistinguishConfigurations() {
    MultiLayerConfiguration one = allOptions();
    MultiLayerConfiguration other = allOptions();
    ((BaseSpikingLayer) other.getConf(1).getLayer()).setBackprop(new AsfBackprop());
    assertNotEquals(one, other);
  }

  @Test
  void shouldRestoreParametersSlopesUpdaterAndPredictions() {
    MultiLayerNetwork network = SmallNetworks.network();
    train(network, 0, 6);
    MultiLayerNetwork restored = SmallNetworks.restored(network);

    assertSameBits(network.params(), restored.params());
    assertSameBits(
        network.getUpdater().getStateViewArray(), restored.getUpdater().getStateViewArray());
    assertSameBits(network.output(TEST.getFeatures()), restored.output(TEST.getFeatures()));
    INDArray slope = network.getLayer(1).getParam(AsfBackprop.SLOPE);
    assertNotEquals(AsfBackprop.PUBLISHED_INITIAL_SLOPE, slope.getDouble(0));
    assertEquals(slope, restored.getLayer(1).getParam(AsfBackprop.SLOPE));
    assertEquals(
        SpikingNeuron.leakyIntegrateAndFire(1, 0.9),
        ((BaseSpikingLayer) restored.getLayer(3).conf().getLayer()).getNeuron());
  }

  @Test
  void shouldContinueTrainingAfterARestoreBitForBit() {
    MultiLayerNetwork straight = SmallNetworks.network();
    train(straight, 0, 12);

    MultiLayerNetwork interrupted = SmallNetworks.network();
    train(interrupted, 0, 5);
    MultiLayerNetwork resumed = SmallNetworks.restored(interrupted);
    train(resumed, 5, 12);

    assertSameBits(straight.params(), resumed.params());
    assertSameBits(
        straight.getUpdater().getStateViewArray(), resumed.getUpdater().getStateViewArray());
  }

  @Test
  void shouldClone() {
    MultiLayerNetwork network = SmallNetworks.network();
    train(network, 0, 3);
    MultiLayerNetwork clone = network.clone();
    assertSameBits(network.output(TEST.getFeatures()), clone.output(TEST.getFeatures()));
    train(network, 3, 6);
    train(clone, 3, 6);
    assertSameBits(network.params(), clone.params());
  }

  @Test
  void shouldRestoreGraphs() {
    ComputationGraph graph = SmallNetworks.graph(SmallNetworks.branched(WorkspaceMode.ENABLED));
    SmallNetworks.minibatches(40, 10, 1).forEach(graph::fit);
    ComputationGraph restored = SmallNetworks.restored(graph);
    assertSameBits(
        graph.outputSingle(TEST.getFeatures()), restored.outputSingle(TEST.getFeatures()));
  }

  private static void train(MultiLayerNetwork network, int from, int to) {
    List<DataSet> minibatches = SmallNetworks.minibatches(120, 10, 3);
    for (DataSet minibatch : minibatches.subList(from, to)) {
      network.fit(minibatch);
    }
  }
}
