package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class DecoupledWeightDecayTest {

  private static final double RATE = 0.01;
  private static final double SHARE = 0.1;
  private static final INDArray FEATURES =
      Nd4j.linspace(-1, 1, 24).reshape(4, 6).castTo(DataType.FLOAT);
  private static final INDArray LABELS = Nd4j.eye(4).castTo(DataType.FLOAT);

  private static MultiLayerConfiguration configuration() {
    return Networks.row(
            Networks.seeded(1).updater(new Adam(RATE)).l2(0.5),
            SpikeEncoding.direct(3).build(),
            new SpikingDense.Builder().nOut(5).hasBias(true).build(),
            Networks.softmax(4))
        .setInputType(InputType.feedForward(6))
        .build();
  }

  private static MultiLayerNetwork trained(double share) {
    MultiLayerNetwork network = untrained(share);
    network.fit(FEATURES, LABELS);
    return network;
  }

  @Test
  void shouldTakeAShareOfTheWeightsOnce() {
    MultiLayerNetwork start = Networks.of(configuration());
    Map<String, INDArray> plain = trained(0).paramTable();
    Map<String, INDArray> decayed = trained(SHARE).paramTable();
    for (Map.Entry<String, INDArray> entry : plain.entrySet()) {
      boolean isWeight = entry.getKey().endsWith("W");
      INDArray taken = start.getParam(entry.getKey()).mul(isWeight ? RATE * SHARE : 0);
      assertTrue(
          decayed.get(entry.getKey()).equalsWithEps(entry.getValue().sub(taken), 1e-6),
          entry.getKey());
    }
  }

  @Test
  void shouldNotBePartOfTheScore() {
    DataSet data = new DataSet(FEATURES, LABELS);
    assertEquals(untrained(0).score(data), untrained(SHARE).score(data), 0);
  }

  private static MultiLayerNetwork untrained(double share) {
    MultiLayerConfiguration configuration = configuration();
    DecoupledWeightDecay.applyTo(configuration, share);
    return Networks.of(configuration);
  }

  @Test
  void shouldBeSavedWithTheModel(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network = trained(SHARE);
    Path file = folder.resolve("model.zip");
    network.save(file.toFile());
    MultiLayerNetwork loaded = SafeModels.defaults().multiLayerNetwork(file);
    assertEquals(network.getLayerWiseConfigurations(), loaded.getLayerWiseConfigurations());
    network.fit(FEATURES, LABELS);
    loaded.fit(FEATURES, LABELS);
    assertSameBits(network.params(), loaded.params());
  }

  @Test
  void shouldReachTheLayersOfGraphs() {
    var configuration =
        Networks.graph(
                new NeuralNetConfiguration.Builder().updater(new Adam(RATE)),
                InputType.feedForward(6))
            .addLayer("encoding", SpikeEncoding.direct(3).build(), "in")
            .addLayer("dense", new SpikingDense.Builder().nOut(5).build(), "encoding")
            .addLayer("out", Networks.softmax(4), "dense")
            .setOutputs("out")
            .build();
    DecoupledWeightDecay.applyTo(configuration, SHARE);
    ComputationGraph graph = Networks.of(configuration);
    assertEquals(
        1, ((SpikingDense) graph.getLayer("dense").conf().getLayer()).getRegularization().size());
  }

  @Test
  void shouldRefuseSharesOutOfRange() {
    assertMessage(
        "share of weight decay must be 0 or more and finite, got -1.0",
        () -> DecoupledWeightDecay.applyTo(configuration(), -1));
  }

  @Test
  void shouldReachLayersInsideWrappers() {
    LSTM recurrent = new LSTM.Builder().nIn(6).nOut(4).build();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new Bidirectional(new LSTM.Builder().nIn(3).nOut(3).build()))
            .layer(new LastTimeStep(recurrent))
            .layer(new OutputLayer.Builder(new LossMCXENT()).nIn(4).nOut(4).build())
            .build();
    DecoupledWeightDecay.applyTo(configuration, SHARE);
    List<String> decayed = List.of("0_fW", "0_fRW", "0_bW", "0_bRW", "1_W", "1_RW", "2_W");
    MultiLayerNetwork network = Networks.of(configuration);
    for (String name : network.paramTable().keySet()) {
      int layer = name.charAt(0) - '0';
      List<Regularization> regularization =
          network.getLayer(layer).conf().getLayer().getRegularizationByParam(name.substring(2));
      boolean isDecayed =
          regularization != null
              && regularization.stream().anyMatch(DecoupledWeightDecay.Unscored.class::isInstance);
      assertEquals(decayed.contains(name), isDecayed, name);
    }
  }
}
