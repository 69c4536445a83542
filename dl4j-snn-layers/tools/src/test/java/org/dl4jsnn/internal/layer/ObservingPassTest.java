package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.function.BiConsumer;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.monitor.health.FiringRateListener;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Observing changes no later output, even with fresh noise. */
class ObservingPassTest {

  private final INDArray features = Nd4j.rand(4, 10);
  private final DataSet data = new DataSet(features, Nd4j.rand(4, 2));

  @Test
  void shouldLeaveTheNoiseOfANetworkAlone() {
    List<BiConsumer<MultiLayerNetwork, INDArray>> observers =
        List.of(
            (network, x) -> SpikeProbe.of(network).allLayers().record(x),
            (network, x) -> RecordedTrains.of(network, x),
            (network, x) -> OutputOverTime.of(network, x),
            (network, x) -> FiringRates.measure(network, x),
            (network, x) -> FiringRates.measure(network, x, true),
            (network, x) -> SynapticOperations.count(network, x));
    for (BiConsumer<MultiLayerNetwork, INDArray> observer : observers) {
      MultiLayerNetwork alone = network();
      MultiLayerNetwork observed = network();
      for (int pass = 0; pass < 3; pass++) {
        assertSameBits(alone.output(features), observed.output(features));
        observer.accept(observed, features);
      }
    }
    MultiLayerNetwork network = network();
    assertNotEquals(network.output(features), network.output(features));
  }

  @Test
  void shouldLeaveTheNoiseOfAGraphAlone() {
    ComputationGraph alone = network().toComputationGraph();
    ComputationGraph observed = alone.clone();
    for (int pass = 0; pass < 3; pass++) {
      assertSameBits(alone.outputSingle(features), observed.outputSingle(features), "pass " + pass);
      FiringRates.measure(observed, features);
      SynapticOperations.count(observed, features);
    }
  }

  @Test
  void shouldLeaveTheNoiseAloneAsListeners() {
    MultiLayerNetwork alone = network();
    MultiLayerNetwork observed = network();
    observed.addListeners(
        new SpikeHealthListener.Builder().interval(1).reportTo(report -> {}).build(),
        new FiringRateListener(1, 1e-4, 0.9));
    for (int epoch = 0; epoch < 2; epoch++) {
      alone.fit(new ListDataSetIterator<>(List.of(data), 1));
      observed.fit(new ListDataSetIterator<>(List.of(data), 1));
      assertSameBits(alone.params(), observed.params());
      assertSameBits(alone.output(features), observed.output(features));
    }
  }

  @Test
  void shouldLeaveTheNoiseAloneWhereItIsBalanced() {
    MultiLayerNetwork balanced = network();
    new FiringRateBalance(0.2).weights(balanced, features);
    MultiLayerNetwork alone = network();
    alone.setParams(balanced.params());
    assertSameBits(alone.output(features), balanced.output(features));
  }

  /** A frozen encoding runs as in inference, even in training. */
  @Test
  void shouldLeaveTheNoiseOfAFrozenEncodingAloneWhereItIsBalanced() {
    MultiLayerNetwork balanced =
        new TransferLearning.Builder(network()).setFeatureExtractor(0).build();
    MultiLayerNetwork alone = balanced.clone();
    new FiringRateBalance(0.2).weights(balanced, features);
    alone.setParams(balanced.params());
    assertSameBits(alone.output(features), balanced.output(features));
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-2))
            .list()
            .layer(SpikeEncoding.poisson(8).freshInferenceNoise(true).build())
            .layer(new SpikingDense.Builder().nOut(8).threshold(0.5).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .hasBias(false)
                    .build())
            .setInputType(InputType.feedForward(10))
            .build());
  }
}
