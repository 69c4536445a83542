package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Training goes on where folding left off. */
class NormalizationUnfoldingTest {

  private static final int SAMPLES = 12;
  private static final CurrentNormalization NORMALIZATION =
      new CurrentNormalization().withDecay(0.8);

  private static MultiLayerNetwork normalised;

  private DataSet data = draw();

  private static DataSet draw() {
    Nd4j.getRandom().setSeed(4);
    return new DataSet(Nd4j.rand(SAMPLES, 2, 6, 6), Nd4j.eye(3).repeat(0, SAMPLES / 3));
  }

  private static SpikingConvolution2D convolution(CurrentNormalization normalization) {
    return new SpikingConvolution2D.Builder(3, 3)
        .nOut(20)
        .normalization(normalization)
        .reset(Reset.bySubtraction())
        .build();
  }

  private static SpikingDense dense(CurrentNormalization normalization) {
    return new SpikingDense.Builder().nOut(30).normalization(normalization).build();
  }

  /** Trained once for all tests, which take copies. */
  private MultiLayerNetwork trained() {
    if (normalised == null) {
      normalised = trained(NORMALIZATION);
    }
    return normalised.clone();
  }

  /** A convolution that is normalised, and a dense layer that may be. */
  static MultiLayerNetwork trained(CurrentNormalization ofDense) {
    DataSet data = draw();
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(4).updater(new Adam(0.01)),
            InputType.convolutional(6, 6, 2),
            SpikeEncoding.direct(8).build(),
            convolution(NORMALIZATION),
            dense(ofDense),
            Networks.softmax(3));
    for (int i = 0; i < 20; i++) {
      network.fit(data);
    }
    return network;
  }

  /** In minibatches of two sizes. */
  private DataSetIterator samples() {
    return new ListDataSetIterator<>(data.asList(), 5);
  }

  @Test
  void shouldComputeTheSameAndLearn() {
    MultiLayerNetwork folded = NormalizationFolding.fold(trained());
    MultiLayerNetwork unfolded = NormalizationFolding.unfold(folded, NORMALIZATION, samples());
    INDArray features = data.getFeatures();
    assertEquals(
        List.of("W", "gamma", "beta", "mean", "var"), unfolded.getLayer(1).conf().variables());
    // The updater begins anew.
    assertEquals(List.of(0, 0), List.of(unfolded.getEpochCount(), unfolded.getIterationCount()));
    for (int layer : new int[] {1, 2}) {
      assertTrue(
          folded
              .feedForward(features)
              .get(layer + 1)
              .equalsWithEps(unfolded.feedForward(features).get(layer + 1), 1e-6),
          "layer " + layer);
    }
    // The samples' statistics are those of the minibatch, so training starts there, too.
    assertTrue(folded.output(features).equalsWithEps(unfolded.output(features, true), 1e-4));

    double before = unfolded.score(data);
    for (int i = 0; i < 20; i++) {
      unfolded.fit(data);
    }
    assertTrue(unfolded.score(data) < 0.8 * before, before + " to " + unfolded.score(data));
    // The statistics are followed again.
    assertNotEquals(
        NormalizationFolding.unfold(folded, NORMALIZATION, samples()).getLayer(1).getParam("mean"),
        unfolded.getLayer(1).getParam("mean"));
  }

  /** γ = √(σ² + ε), β = μ + b. */
  @Test
  void shouldTakeStatisticsFromTheSamples() {
    MultiLayerNetwork folded = NormalizationFolding.fold(trained());
    Map<String, INDArray> parameters =
        NormalizationFolding.unfold(folded, NORMALIZATION, samples()).getLayer(1).paramTable();
    INDArray bias = folded.getLayer(1).getParam("b");
    assertEquals(folded.getLayer(1).getParam("W"), parameters.get("W"));
    assertTrue(
        parameters
            .get("beta")
            .equalsWithEps(parameters.get("mean").add(bias.reshape(bias.length())), 1e-6));
    INDArray squares = parameters.get("gamma").mul(parameters.get("gamma"));
    assertTrue(squares.equalsWithEps(parameters.get("var").add(NORMALIZATION.epsilon()), 1e-6));
    folded.setInput(data.getFeatures());
    folded.feedForward(false, false);
    INDArray currents = ((SpikingLayer) folded.getLayer(1)).accumulatedFlow().in().div(8);
    assertTrue(currents.mean(0, 2, 3).equalsWithEps(parameters.get("beta"), 1e-5));
    assertTrue(currents.var(false, 0, 2, 3).equalsWithEps(parameters.get("var"), 1e-5));
  }

  @Test
  void shouldLeaveOtherLayers() {
    MultiLayerNetwork folded = NormalizationFolding.fold(trained(null));
    MultiLayerNetwork unfolded = NormalizationFolding.unfold(folded, NORMALIZATION, samples());
    assertEquals(List.of("W"), unfolded.getLayer(2).conf().variables());
    assertSameBits(folded.getLayer(2).params(), unfolded.getLayer(2).params());
    assertSameBits(folded.getLayer(3).params(), unfolded.getLayer(3).params());
  }

  @Test
  void shouldLeaveFrozenLayers() {
    MultiLayerNetwork folded = NormalizationFolding.fold(trained());
    MultiLayerNetwork frozen =
        new TransferLearning.Builder(folded)
            .fineTuneConfiguration(new FineTuneConfiguration.Builder().seed(4).build())
            .setFeatureExtractor(1)
            .build();
    MultiLayerNetwork unfolded = NormalizationFolding.unfold(frozen, NORMALIZATION, samples());
    assertTrue(unfolded.getLayer(1) instanceof FrozenLayer);
    assertEquals(Set.of("W", "b"), unfolded.getLayer(1).paramTable().keySet());
    assertTrue(unfolded.getLayer(2).paramTable().containsKey("gamma"));
    INDArray features = data.getFeatures();
    assertTrue(folded.output(features).equalsWithEps(unfolded.output(features), 1e-5));
  }

  @Test
  void shouldUnfoldInDoublePrecision() {
    MultiLayerNetwork folded =
        NormalizationFolding.fold(trained()).convertDataType(DataType.DOUBLE);
    MultiLayerNetwork unfolded = NormalizationFolding.unfold(folded, NORMALIZATION, samples());
    INDArray features = data.getFeatures().castTo(DataType.DOUBLE);
    assertTrue(folded.output(features).equalsWithEps(unfolded.output(features), 1e-5));
  }

  @Test
  void shouldUnfoldAGraph() {
    ComputationGraph graph = trained().toComputationGraph();
    ComputationGraph folded = NormalizationFolding.fold(graph);
    ComputationGraph unfolded = NormalizationFolding.unfold(folded, NORMALIZATION, samples());
    INDArray features = data.getFeatures();
    assertTrue(folded.outputSingle(features).equalsWithEps(unfolded.outputSingle(features), 1e-5));
    assertTrue(unfolded.getLayer(2).paramTable().containsKey("gamma"));
  }

  @Test
  void shouldNameWhatIsMissing() {
    MultiLayerNetwork trained = trained();
    MultiLayerNetwork folded = NormalizationFolding.fold(trained);
    assertRefused(
        "must have a spiking layer with a bias and without normalisation, got none",
        () -> NormalizationFolding.unfold(trained, NORMALIZATION, samples()));
    DataSetIterator none = new ListDataSetIterator<>(List.<DataSet>of());
    assertRefused(
        "samples must be at least 2, since one has no variance, got 0",
        () -> NormalizationFolding.unfold(folded, NORMALIZATION, none));
    data.setFeaturesMaskArray(Nd4j.ones(SAMPLES, 1));
    DataSetIterator masked = new ListDataSetIterator<>(List.of(data));
    assertRefused(
        "samples must have no masks",
        () -> NormalizationFolding.unfold(folded, NORMALIZATION, masked));
  }
}
