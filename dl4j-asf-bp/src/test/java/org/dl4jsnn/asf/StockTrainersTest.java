package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** Everything that Deeplearning4j does to a network works on a spiking one. */
@Tag("slow")
class StockTrainersTest {

  private static final DataSet TEST = SmallNetworks.images(60, 77);

  private static DataSetIterator training() {
    return new ExistingDataSetIterator(SmallNetworks.minibatches(200, 16, 1));
  }

  private static double accuracy(MultiLayerNetwork network) {
    return network.evaluate(new ExistingDataSetIterator(List.of(TEST))).accuracy();
  }

  @Test
  void shouldLearnTheSameWithFitInWorkspacesAndWithoutThem() {
    MultiLayerNetwork with = SmallNetworks.network(12, WorkspaceMode.ENABLED);
    MultiLayerNetwork without = SmallNetworks.network(12, WorkspaceMode.NONE);
    double accuracy = 0;
    for (int epochs = 0; epochs < 6 && accuracy <= 0.9; epochs += 2) {
      with.fit(training(), 2);
      without.fit(training(), 2);
      accuracy = accuracy(with);
    }
    assertTrue(accuracy > 0.9, "accuracy " + accuracy);
    assertSameBits(with.params(), without.params());
    for (MultiLayerNetwork network : List.of(with, without)) {
      assertEquals(accuracy, accuracy(network));
      assertTrue(Double.isFinite(network.score(TEST)));
      assertTrue(network.summary().contains("SpikingConvolution2DLayer"), network.summary());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void shouldShowFiringRates(WorkspaceMode workspaces) {
    MultiLayerNetwork network = SmallNetworks.network(12, workspaces);
    List<INDArray> activations = network.feedForward(TEST.getFeatures(), false);
    assertEquals(network.getnLayers() + 1, activations.size());
    for (int layer = 1; layer < activations.size() - 1; layer++) {
      assertTrue(activations.get(layer).minNumber().doubleValue() >= 0);
      assertTrue(activations.get(layer).maxNumber().doubleValue() <= 1);
      assertTrue(activations.get(layer).sumNumber().doubleValue() > 0, "silent: " + layer);
    }
    assertEquals(network.output(TEST.getFeatures()), activations.get(activations.size() - 1));
    assertEquals(
        activations.get(4),
        network.activateSelectedLayers(0, 3, TEST.getFeatures()),
        "a part of the layers");
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void shouldStopEarly(WorkspaceMode workspaces) {
    MultiLayerNetwork network = SmallNetworks.network(12, workspaces);
    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
            .scoreCalculator(
                new DataSetLossCalculator(new ExistingDataSetIterator(List.of(TEST)), true))
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(configuration, network, training()).fit();
    assertEquals(3, result.getTotalEpochs());
    assertTrue(accuracy(result.getBestModel()) > 0.5);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void shouldTrainOnTopOfFrozenSpikingLayers(WorkspaceMode workspaces) {
    MultiLayerNetwork network = SmallNetworks.network(12, workspaces);
    network.fit(training(), 1);
    MultiLayerNetwork transferred =
        new TransferLearning.Builder(network)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Adam(1e-2)).build())
            .setFeatureExtractor(4)
            .build();
    transferred.getLayerWiseConfigurations().setValidateOutputLayerConfig(false);
    INDArray frozen = transferred.getLayer(1).params().dup();
    INDArray free = transferred.getLayer(5).params().dup();
    transferred.fit(training(), 2);
    assertSameBits(frozen, transferred.getLayer(1).params());
    assertNotEquals(free, transferred.getLayer(5).params());
    assertTrue(accuracy(transferred) > 0.4);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void shouldTrainAGraphWithABranch(WorkspaceMode workspaces) {
    ComputationGraph graph = Networks.of(SmallNetworks.branched(workspaces));
    double accuracy = 0;
    for (int epochs = 0; epochs < 8 && accuracy <= 0.85; epochs += 2) {
      graph.fit(training(), 2);
      accuracy = graph.<Evaluation>evaluate(new ExistingDataSetIterator(List.of(TEST))).accuracy();
    }
    assertTrue(accuracy > 0.85, "accuracy " + accuracy);
    assertFalse(graph.feedForward(TEST.getFeatures(), false).isEmpty());
    assertTrue(Double.isFinite(graph.score(TEST)));
    assertFalse(graph.summary().isEmpty());
  }

  @Test
  void shouldTransferAGraph() {
    ComputationGraph graph = Networks.of(SmallNetworks.branched(WorkspaceMode.ENABLED));
    graph.fit(training(), 1);
    ComputationGraph transferred =
        new TransferLearning.GraphBuilder(graph)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Adam(1e-2)).build())
            .setFeatureExtractor("stem")
            .build();
    assertSameBits(
        graph.outputSingle(TEST.getFeatures()), transferred.outputSingle(TEST.getFeatures()));
    INDArray frozen = transferred.getLayer("stem").params().dup();
    transferred.fit(training(), 1);
    assertSameBits(frozen, transferred.getLayer("stem").params());
  }

  @Test
  void shouldKeepNetworksApartInsideAForkJoinPool() throws Exception {
    List<DataSet> minibatches = SmallNetworks.minibatches(64, 16, 1);
    MultiLayerNetwork alone = SmallNetworks.network();
    alone.fit(new ExistingDataSetIterator(minibatches));
    List<MultiLayerNetwork> networks = Stream.generate(SmallNetworks::network).limit(6).toList();
    ForkJoinPool pool = new ForkJoinPool(3);
    pool.submit(
            () ->
                networks.parallelStream()
                    .forEach(network -> network.fit(new ExistingDataSetIterator(minibatches))))
        .get();
    pool.shutdown();
    for (MultiLayerNetwork network : networks) {
      assertSameBits(alone.params(), network.params());
    }
  }

  @Test
  void shouldSetTheParametersOfALayer() {
    MultiLayerNetwork network = SmallNetworks.network();
    INDArray before = network.params().dup();
    for (int layer : new int[] {1, 2, 3, 5}) {
      network.getLayer(layer).setParams(network.getLayer(layer).params().dup());
    }
    assertSameBits(before, network.params());
  }

  @Test
  void shouldDrawFreshNoiseThroughAFrozenEncodingIfAsked() {
    MultiLayerNetwork network =
        Networks.of(
            SmallNetworks.settings(),
            InputType.convolutional(8, 8, 1),
            new FrozenLayer(SpikeEncoding.poisson(10).freshInferenceNoise(true).build()),
            new SpikingDense.Builder().nOut(20).backprop(new AsfBackprop()).build(),
            SmallNetworks.readOut());
    assertNotEquals(network.output(TEST.getFeatures()), network.output(TEST.getFeatures()));
  }
}
