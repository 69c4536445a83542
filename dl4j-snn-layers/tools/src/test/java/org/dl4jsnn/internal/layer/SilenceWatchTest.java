package org.dl4jsnn.internal.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Training warns of layers that never fire, whatever listeners there are. */
class SilenceWatchTest {

  private static final int MINIBATCHES = 10;
  private static final SpikingNeuron HEALTHY = SpikingNeuron.integrateAndFire(1);
  private static final SpikingNeuron SILENT = SpikingNeuron.integrateAndFire(1000);

  private final LogOf log = new LogOf(TrainingWatch.class);
  private final INDArray features = Nd4j.ones(6, 10).muli(0.5);
  private final INDArray labels = Nd4j.zeros(6, 2);

  @AfterEach
  void stopListening() {
    log.close();
  }

  private static NeuralNetConfiguration.Builder settings() {
    return Networks.seeded(1).updater(new Sgd(0));
  }

  private static OutputLayer readOut() {
    return Networks.linear(2);
  }

  private static SpikingDense dense(String name) {
    return new SpikingDense.Builder().name(name).nOut(12).build();
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        settings(),
        InputType.feedForward(10),
        SpikeEncoding.poisson(8).build(),
        dense("lower"),
        dense("upper"),
        dense("top"),
        readOut());
  }

  private static void set(MultiLayerNetwork network, String layer, SpikingNeuron neuron) {
    ((BaseSpikingLayer) network.getLayer(layer).conf().getLayer()).setNeuron(neuron);
  }

  private void fit(MultiLayerNetwork network, INDArray features, int times) {
    for (int i = 0; i < times; i++) {
      network.fit(features, labels);
    }
  }

  private void assertWarnings(String... parts) {
    List<String> messages = log.messages(Level.WARN);
    assertEquals(parts.length, messages.size(), messages::toString);
    for (int i = 0; i < parts.length; i++) {
      assertTrue(messages.get(i).contains(parts[i]), messages.get(i));
    }
  }

  @Test
  void shouldWarnOnceOfTheLowestOfTheLayersThatAreSilentFromTheStart() {
    MultiLayerNetwork network = network();
    set(network, "upper", SILENT);
    fit(network, features, MINIBATCHES - 1);
    assertWarnings();
    fit(network, features, 1);
    assertWarnings(
        "layer 'upper' (SpikingDense): at least one of its 12 neurons must fire to be trained, but"
            + " none did in 10 minibatches in a row. Possible cause: too little current");
    fit(network, features, 3 * MINIBATCHES);
    assertEquals(1, log.messages(Level.WARN).size());
  }

  @Test
  void shouldSayNothingOfLayersThatFire() {
    fit(network(), features, 3 * MINIBATCHES);
    assertWarnings();
  }

  @Test
  void shouldWarnOfALayerThatFallsSilentLater() {
    MultiLayerNetwork network = network();
    fit(network, features, 3);
    set(network, "lower", SILENT);
    fit(network, features, MINIBATCHES - 1);
    set(network, "lower", HEALTHY);
    fit(network, features, 1);
    set(network, "lower", SILENT);
    fit(network, features, MINIBATCHES - 1);
    assertWarnings();
    fit(network, features, 1);
    assertWarnings("Possible cause: a learning rate so high");
  }

  @Test
  void shouldNotTakeMeasurementsAndInferenceForTraining() {
    MultiLayerNetwork network = network();
    set(network, "lower", SILENT);
    for (int i = 0; i < 2 * MINIBATCHES; i++) {
      FiringRates.measure(network, features, true);
      network.output(features);
    }
    assertWarnings();
  }

  @Test
  void shouldSayThatNothingArrives() {
    fit(network(), features.mul(0), MINIBATCHES);
    assertWarnings("none did in 10 minibatches in a row, and no spike reached them.");
    assertTrue(log.messages(Level.WARN).get(0).startsWith("layer 'lower'"));
  }

  @Test
  void shouldWarnAboveAFrozenLayerThatIsSilent() {
    MultiLayerNetwork network = network();
    set(network, "lower", SILENT);
    fit(new TransferLearning.Builder(network).setFeatureExtractor(1).build(), features, 12);
    assertWarnings("frozen layers below that are silent");
    assertTrue(log.messages(Level.WARN).get(0).startsWith("layer 'upper'"));
  }

  @Test
  void shouldTakeSpikesOfOneBranchOfAGraphForSpikes() {
    ComputationGraph graph =
        Networks.of(
            settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(10))
                .addLayer("code", SpikeEncoding.direct(8).build(), "in")
                .addLayer("fires", dense("fires"), "code")
                .addLayer(
                    "silent", new SpikingDense.Builder().nOut(12).threshold(1000).build(), "code")
                .addVertex("sum", new SpikingAdd(), "fires", "silent")
                .addLayer("top", dense("top"), "sum")
                .addLayer("out", readOut(), "top")
                .setOutputs("out"));
    for (int i = 0; i < MINIBATCHES; i++) {
      graph.fit(new INDArray[] {features}, new INDArray[] {labels});
    }
    assertWarnings("layer 'silent' (SpikingDense)");
  }

  /** A membrane that needs a second piece to reach its threshold is not silent. */
  @Test
  void shouldCountThePiecesOfAWindowOnce() {
    ComputationGraph graph = inPieces(4);
    INDArray series = Nd4j.ones(6, 10, 6);
    for (int i = 0; i < 2 * MINIBATCHES; i++) {
      graph.fit(new INDArray[] {series}, new INDArray[] {labels});
    }
    assertWarnings();
    ComputationGraph silent = inPieces(1000);
    for (int i = 0; i < MINIBATCHES - 1; i++) {
      silent.fit(new INDArray[] {series}, new INDArray[] {labels});
    }
    assertWarnings();
    silent.fit(new INDArray[] {series}, new INDArray[] {labels});
    assertWarnings("layer 'slow' (SpikingDense)");
  }

  /** Currents of 1 per step, for windows of 6 steps in pieces of 2. */
  private static ComputationGraph inPieces(double threshold) {
    ComputationGraph graph =
        Networks.of(
            settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(10, 6))
                .addLayer("code", SpikeEncoding.frames().build(), "in")
                .addLayer(
                    "slow",
                    new SpikingDense.Builder().nOut(12).threshold(threshold).build(),
                    "code")
                .addLayer("out", readOut(), "slow")
                .setOutputs("out")
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(2));
    graph.getLayer("slow").getParam("W").assign(0.1);
    return graph;
  }
}
