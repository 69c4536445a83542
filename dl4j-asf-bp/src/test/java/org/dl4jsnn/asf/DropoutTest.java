package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;

/** Networks with dropout of spikes under every rule. */
class DropoutTest {

  /** Dropout of constant currents, of pooled spikes, and before the read-out. */
  private static MultiLayerNetwork network(BackpropRule rule, SpikeEncoding encoding) {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings(),
            InputType.convolutional(SmallNetworks.SIZE, SmallNetworks.SIZE, 1),
            encoding,
            new SpikingDropout.Builder().retain(0.9).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(6).hasBias(true).build(),
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
            new SpikingDropout.Builder().retain(0.75).build(),
            new SpikingDense.Builder().nOut(30).build(),
            new SpikingDropout.Builder().retain(0.8).build(),
            SmallNetworks.readOut());
    BackpropRules.apply(configuration, rule);
    return SmallNetworks.network(configuration);
  }

  private static MultiLayerNetwork network() {
    return network(new AsfBackprop(), SpikeEncoding.poisson(10).build());
  }

  static Stream<BackpropRule> rules() {
    return Stream.of(new AsfBackprop(), new RateBackprop(), new SpatioTemporalBackprop());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnWhichThirdOfAnImageIsBright(BackpropRule rule) {
    MultiLayerNetwork network = network(rule, SpikeEncoding.direct(10).build());
    List<DataSet> training = SmallNetworks.minibatches(300, 20, 1);
    List<DataSet> test = SmallNetworks.minibatches(200, 50, 2);
    double accuracy = 0;
    for (int epoch = 0; epoch < 5 && accuracy < 0.95; epoch++) {
      network.fit(new ListDataSetIterator<>(training, 1));
      accuracy = network.evaluate(new ListDataSetIterator<>(test, 1)).accuracy();
    }
    assertTrue(accuracy >= 0.95, "accuracy " + accuracy);
  }

  private static void train(MultiLayerNetwork network, int from, int to) {
    for (DataSet minibatch : SmallNetworks.minibatches(80, 10, 3).subList(from, to)) {
      network.fit(minibatch);
    }
  }

  @Test
  void shouldContinueTrainingAfterARestoreBitForBit() {
    MultiLayerNetwork straight = network();
    train(straight, 0, 8);
    MultiLayerNetwork interrupted = network();
    train(interrupted, 0, 3);
    MultiLayerNetwork resumed = SmallNetworks.restored(interrupted);
    train(resumed, 3, 8);
    assertSameBits(straight.params(), resumed.params());
  }

  @Test
  void shouldTrainAndRestoreGraphs() {
    ComputationGraphConfiguration configuration =
        SmallNetworks.settings()
            .graphBuilder()
            .addInputs("images")
            .setInputTypes(InputType.convolutional(SmallNetworks.SIZE, SmallNetworks.SIZE, 1))
            .addLayer("encoding", SpikeEncoding.poisson(10).build(), "images")
            .addLayer("stem", new SpikingConvolution2D.Builder(3, 3).nOut(4).build(), "encoding")
            .addLayer("dropout", new SpikingDropout.Builder().retain(0.75).build(), "stem")
            .addLayer("dense", new SpikingDense.Builder().nOut(12).build(), "dropout")
            .addLayer("readout", SmallNetworks.readOut(), "dense")
            .setOutputs("readout")
            .build();
    AsfBackprop.applyTo(configuration);
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    ComputationGraph straight = SmallNetworks.graph(configuration.clone());
    ComputationGraph interrupted = SmallNetworks.graph(configuration);
    List<DataSet> minibatches = SmallNetworks.minibatches(60, 10, 3);
    minibatches.subList(0, 3).forEach(interrupted::fit);
    ComputationGraph resumed = SmallNetworks.restored(interrupted);
    minibatches.subList(3, 6).forEach(resumed::fit);
    minibatches.forEach(straight::fit);
    assertNotEquals(straight.params(), interrupted.params());
    assertSameBits(straight.params(), resumed.params());
  }
}
