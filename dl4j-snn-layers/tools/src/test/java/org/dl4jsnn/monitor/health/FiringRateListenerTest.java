package org.dl4jsnn.monitor.health;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.slf4j.LoggerFactory;

class FiringRateListenerTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(FiringRateListener.class);
  private static final SpikingNeuron HEALTHY = SpikingNeuron.integrateAndFire(1);
  private static final SpikingNeuron SILENT = SpikingNeuron.integrateAndFire(1000);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final INDArray features = Nd4j.ones(6, 10).muli(0.5);
  private final INDArray labels = Nd4j.zeros(6, 2);

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.INFO);
    LOG.setAdditive(false);
    log.start();
    LOG.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    LOG.detachAppender(log);
    LOG.setAdditive(true);
    LOG.setLevel(null);
  }

  /** Two spiking layers with fixed weights, so that only thresholds decide how much they fire. */
  private static MultiLayerNetwork network(WorkspaceMode mode, FiringRateListener listener) {
    MultiLayerNetwork network = network(settings(mode));
    network.setListeners(listener);
    return network;
  }

  private static MultiLayerNetwork network(NeuralNetConfiguration.Builder settings) {
    return Networks.of(
        settings
            .list()
            .layer(SpikeEncoding.poisson(8).build())
            .layer(new SpikingDense.Builder().name("lower").nOut(12).build())
            .layer(new SpikingDense.Builder().name("upper").nOut(12).build())
            .layer(readOut())
            .setInputType(InputType.feedForward(10))
            .build());
  }

  private static NeuralNetConfiguration.Builder settings(WorkspaceMode mode) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new NoOp())
        .trainingWorkspaceMode(mode)
        .inferenceWorkspaceMode(mode);
  }

  private static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2()).nOut(2).activation(Activation.IDENTITY).build();
  }

  private static void set(MultiLayerNetwork network, String layer, SpikingNeuron neuron) {
    ((BaseSpikingLayer) network.getLayer(layer).conf().getLayer()).setNeuron(neuron);
  }

  private void fit(MultiLayerNetwork network, int times) {
    for (int i = 0; i < times; i++) {
      network.fit(features, labels);
    }
  }

  private List<String> messages(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private void assertLogged(Level level, String... beginnings) {
    List<String> messages = messages(level);
    assertEquals(beginnings.length, messages.size(), messages::toString);
    for (int i = 0; i < beginnings.length; i++) {
      assertTrue(messages.get(i).startsWith(beginnings[i]), messages.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WorkspaceMode.class,
      names = {"ENABLED", "NONE"})
  void shouldWarnOnceOfASilentLayerAndSayOnceThatItRecovered(WorkspaceMode mode) {
    MultiLayerNetwork network = network(mode, new FiringRateListener(1, 1e-4, 0.9));
    fit(network, 2);
    assertEquals(List.of(), log.list);

    set(network, "upper", SILENT);
    fit(network, 3);
    assertLogged(Level.WARN, "Layer 'upper' is silent at iteration 2: its mean firing rate ");
    assertTrue(messages(Level.WARN).get(0).contains("must be at least 1.0E-4, got 0.0"));

    set(network, "upper", HEALTHY);
    fit(network, 2);
    assertLogged(Level.INFO, "Layer 'upper' is no longer silent at iteration 5: ");

    set(network, "upper", SILENT);
    fit(network, 2);
    assertEquals(2, messages(Level.WARN).size());
  }

  @Test
  void shouldWarnOfASaturatedLayer() {
    MultiLayerNetwork network =
        network(WorkspaceMode.ENABLED, new FiringRateListener(1, 1e-4, 0.9));
    set(network, "lower", SpikingNeuron.integrateAndFire(1e-3));
    network.getLayer("lower").getParam("W").assign(1);
    features.assign(1);
    fit(network, 2);
    assertLogged(Level.WARN, "Layer 'lower' is saturated at iteration 0: ");
    network.getLayer("lower").getParam("W").assign(-1);
    fit(network, 2);
    assertLogged(
        Level.WARN,
        "Layer 'lower' is saturated at iteration 0: ",
        "Layer 'lower' is silent at iteration 2: ",
        "Layer 'upper' is silent at iteration 2: ");
  }

  @Test
  void shouldLookAtTheFirstIterationAndAtEveryNthAfterIt() {
    MultiLayerNetwork network =
        network(WorkspaceMode.ENABLED, new FiringRateListener(3, 1e-4, 0.9));
    fit(network, 1);
    set(network, "upper", SILENT);
    fit(network, 2);
    assertEquals(List.of(), log.list);
    fit(network, 1);
    assertLogged(Level.WARN, "Layer 'upper' is silent at iteration 3: ");
  }

  @Test
  void shouldNotDisturbTraining() {
    MultiLayerNetwork watched = network(settings(WorkspaceMode.ENABLED).updater(new Sgd(0.1)));
    MultiLayerNetwork alone = network(settings(WorkspaceMode.ENABLED).updater(new Sgd(0.1)));
    assertSameBits(alone.params(), watched.params());
    INDArray before = alone.params().dup();
    watched.setListeners(new FiringRateListener(1, 1e-4, 0.9));
    fit(watched, 4);
    fit(alone, 4);
    assertNotEquals(before, alone.params());
    assertSameBits(alone.params(), watched.params());
  }

  @ParameterizedTest
  @EnumSource(
      value = WorkspaceMode.class,
      names = {"ENABLED", "NONE"})
  void shouldLookAtGraphs(WorkspaceMode mode) {
    ComputationGraph graph =
        new ComputationGraph(
            settings(mode)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(10))
                .addLayer("encoding", SpikeEncoding.poisson(8).build(), "in")
                .addLayer("fires", new SpikingDense.Builder().nOut(12).build(), "encoding")
                .addLayer(
                    "silent", new SpikingDense.Builder().nOut(12).threshold(1000).build(), "fires")
                .addLayer("out", readOut(), "silent")
                .setOutputs("out")
                .build());
    graph.init();
    graph.setListeners(new FiringRateListener());
    graph.fit(new INDArray[] {features}, new INDArray[] {labels});
    graph.fit(new INDArray[] {features}, new INDArray[] {labels});
    assertLogged(Level.WARN, "Layer 'silent' is silent at iteration 0: ");

    List<FiringRates> rates = FiringRates.measure(graph, features);
    assertEquals(List.of("fires", "silent"), rates.stream().map(FiringRates::layer).toList());
    assertEquals(0, rates.get(1).mean());
    assertTrue(rates.get(0).mean() > 0);
  }

  @Test
  void shouldRefuseLimitsThatCross() {
    assertThrows(IllegalArgumentException.class, () -> new FiringRateListener(0, 1e-4, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new FiringRateListener(1, 0, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new FiringRateListener(1, 0.5, 0.5));
  }
}
