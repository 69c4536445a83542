package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Rules that are set late, or not at all, do not go unnoticed. */
class RulesAfterwardsTest {

  private static final String WATCH = "org.dl4jsnn.internal.layer.TrainingWatch";
  private final DataSet images = SmallNetworks.images(6, 1);

  @Test
  void shouldWarnOfALayerThatTransferLearningAddsWithoutARule() {
    try (LogOf warnings = new LogOf(WATCH)) {
      MultiLayerNetwork network = withNewTop(new SpikingDense.Builder());
      network.output(images.getFeatures());
      assertTrue(warnings.messages(Level.WARN).isEmpty(), "inference does not learn");
      network.fit(images);
      network.fit(images);
      assertEquals(
          1, warnings.messages(Level.WARN).size(), warnings.messages(Level.WARN).toString());
      String warning = warnings.messages(Level.WARN).get(0);
      assertTrue(
          warning.startsWith("layer 'new' (SpikingDense) learns by SpatioTemporal"), warning);
      assertTrue(warning.contains("above a layer that learns by AsfBackprop"), warning);
      assertTrue(warning.contains("BackpropRules.swap(network, rule)"), warning);
    }
  }

  @Test
  void shouldNotWarnOfRulesThatWereChosen() {
    try (LogOf warnings = new LogOf(WATCH)) {
      withNewTop(new SpikingDense.Builder().backprop(new AsfBackprop())).fit(images);
      withNewTop(new SpikingDense.Builder().backprop(new SpatioTemporalBackprop())).fit(images);
      SmallNetworks.network().fit(images);
      // A frozen layer does not learn, so nothing is mixed.
      withNewTop(new SpikingDense.Builder(), 5).fit(images);
      BackpropRules.swap(withNewTop(new SpikingDense.Builder()), new SpatioTemporalBackprop())
          .fit(images);
      assertTrue(warnings.messages(Level.WARN).isEmpty(), warnings.messages(Level.WARN).toString());
    }
  }

  @Test
  void shouldWarnOfTheDefaultBelowARuleThatWasChosen() {
    try (LogOf warnings = new LogOf(WATCH)) {
      MultiLayerNetwork network =
          SmallNetworks.network(
              SmallNetworks.settings(),
              InputType.convolutional(8, 8, 1),
              SpikeEncoding.poisson(5).build(),
              new SpikingDense.Builder().nOut(8).build(),
              new SpikingDense.Builder().nOut(8).backprop(new AsfBackprop()).build(),
              SmallNetworks.readOut());
      network.fit(images);
      assertEquals(
          1, warnings.messages(Level.WARN).size(), warnings.messages(Level.WARN).toString());
      assertTrue(
          warnings
              .messages(Level.WARN)
              .get(0)
              .contains("learns by SpatioTemporalBackprop, the default"),
          warnings.messages(Level.WARN).get(0));
    }
  }

  @Test
  void shouldWarnOnceOfALatencyCodeThatRatesCannotTell() {
    for (BackpropRule rule : new BackpropRule[] {new AsfBackprop(), new RateBackprop()}) {
      for (SpikeEncoding.Builder code :
          new SpikeEncoding.Builder[] {
            SpikeEncoding.latency(5),
            SpikeEncoding.logarithmicLatency(5),
            SpikeEncoding.latency(5).population(3, 0, 1)
          }) {
        try (LogOf warnings = new LogOf(WATCH)) {
          MultiLayerNetwork network = over(code, rule);
          network.output(images.getFeatures());
          assertTrue(warnings.messages(Level.WARN).isEmpty(), "inference does not learn");
          network.fit(images);
          network.fit(images);
          assertEquals(
              1, warnings.messages(Level.WARN).size(), warnings.messages(Level.WARN).toString());
          String warning = warnings.messages(Level.WARN).get(0);
          assertTrue(warning.startsWith("layer 'layer2' (SpikingDense): " + rule), warning);
          assertTrue(warning.contains("latency coding has the features in the times"), warning);
          assertTrue(warning.contains("Use SpatioTemporalBackprop"), warning);
        }
      }
    }
  }

  @Test
  void shouldNotWarnOfCodesThatARuleCanTell() {
    try (LogOf warnings = new LogOf(WATCH)) {
      over(SpikeEncoding.latency(5), new SpatioTemporalBackprop()).fit(images);
      over(SpikeEncoding.direct(5), new AsfBackprop()).fit(images);
      over(SpikeEncoding.poisson(5).inputGradient(false), new AsfBackprop()).fit(images);
      assertTrue(warnings.messages(Level.WARN).isEmpty(), warnings.messages(Level.WARN).toString());
    }
  }

  /** A layer that learns tells more of the sum than a code that is added to its spikes. */
  @Test
  void shouldSeeALayerBesideALatencyCodeInEitherOrder() {
    DataSet rows = new DataSet(Nd4j.rand(4, 6), SmallNetworks.images(4, 1).getLabels());
    for (String[] inputs : new String[][] {{"code", "hidden"}, {"hidden", "code"}}) {
      ComputationGraph graph =
          SmallNetworks.graph(
              SmallNetworks.settings()
                  .graphBuilder()
                  .addInputs("features")
                  .setInputTypes(InputType.feedForward(6))
                  .addLayer("code", SpikeEncoding.latency(5).build(), "features")
                  .addLayer("hidden", new SpikingDense.Builder().nOut(6).build(), "code")
                  .addVertex("sum", new SpikingAdd(), inputs)
                  .addLayer(
                      "top",
                      new SpikingDense.Builder().nOut(5).backprop(new AsfBackprop()).build(),
                      "sum")
                  .addLayer("readout", SmallNetworks.readOut(), "top")
                  .setOutputs("readout")
                  .build());
      try (LogOf warnings = new LogOf(WATCH)) {
        graph.fit(rows);
        assertEquals(
            1, warnings.messages(Level.WARN).size(), warnings.messages(Level.WARN).toString());
        String warning = warnings.messages(Level.WARN).get(0);
        assertTrue(warning.contains("above a layer that learns by SpatioTemporal"), warning);
      }
    }
  }

  /** The dropout between the code and the first neurons does not hide the code. */
  private static MultiLayerNetwork over(SpikeEncoding.Builder code, BackpropRule rule) {
    return SmallNetworks.network(
        SmallNetworks.settings(),
        InputType.convolutional(8, 8, 1),
        code.build(),
        new SpikingDropout.Builder().retain(0.9).build(),
        new SpikingDense.Builder().nOut(8).backprop(rule).build(),
        new SpikingDense.Builder().nOut(8).backprop(rule).build(),
        SmallNetworks.readOut());
  }

  private static MultiLayerNetwork withNewTop(SpikingDense.Builder top) {
    return withNewTop(top, -1);
  }

  private static MultiLayerNetwork withNewTop(SpikingDense.Builder top, int frozen) {
    TransferLearning.Builder builder = new TransferLearning.Builder(SmallNetworks.network());
    if (frozen >= 0) {
      builder.setFeatureExtractor(frozen);
    }
    return builder
        .fineTuneConfiguration(
            new FineTuneConfiguration.Builder().seed(2).updater(new Adam(1e-3)).build())
        .removeOutputLayer()
        .addLayer(top.nIn(20).nOut(15).name("new").updater(new Adam(1e-3)).build())
        .addLayer(
            new OutputLayer.Builder(new LossL2())
                .nIn(15)
                .nOut(SmallNetworks.CLASSES)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build())
        .build();
  }

  @Test
  void shouldRefuseARuleForAnExistingNetwork() {
    BackpropRule rule = new SpatioTemporalBackprop();
    MultiLayerNetwork network = SmallNetworks.network();
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> BackpropRules.apply(network.getLayerWiseConfigurations(), rule))
            .getMessage();
    assertTrue(message.contains("must be set before a network is built"), message);
    assertTrue(message.contains("BackpropRules.swap(network, rule)"), message);
    AsfBackprop.applyTo(network.getLayerWiseConfigurations());
    network.fit(images);

    ComputationGraph graph = SmallNetworks.graph(SmallNetworks.branched(WorkspaceMode.ENABLED));
    assertThrows(
        IllegalStateException.class, () -> BackpropRules.apply(graph.getConfiguration(), rule));
  }

  @Test
  void shouldSetARuleOfAllLayersOrOfNone() {
    SpikingDense unused = new SpikingDense.Builder().nIn(4).nOut(4).build();
    SpikingDense used = new SpikingDense.Builder().nIn(4).nOut(4).build();
    MultiLayerConfiguration mixed =
        SmallNetworks.configuration(SmallNetworks.settings(), null, unused, used);
    new MultiLayerNetwork(SmallNetworks.configuration(SmallNetworks.settings(), null, used)).init();
    assertThrows(IllegalStateException.class, () -> BackpropRules.apply(mixed, new AsfBackprop()));
    assertEquals(new SpatioTemporalBackprop(), unused.getBackprop());
  }

  /** Deeplearning4j would refuse the published read-out, squared error of rates. */
  @Test
  void shouldSwitchTheCheckOfReadOutsOff() {
    MultiLayerConfiguration list = SmallNetworks.configuration(5, WorkspaceMode.NONE).clone();
    list.setValidateOutputLayerConfig(true);
    BackpropRules.apply(list, new AsfBackprop());
    assertFalse(list.isValidateOutputLayerConfig());
    ComputationGraphConfiguration graph = SmallNetworks.branched(WorkspaceMode.NONE);
    graph.setValidateOutputLayerConfig(true);
    BackpropRules.apply(graph, new AsfBackprop());
    assertFalse(graph.isValidateOutputLayerConfig());
  }

  @Test
  void shouldTakeARuleForACopyOfTheConfiguration() {
    BackpropRule rule = new SpatioTemporalBackprop();
    MultiLayerNetwork network = SmallNetworks.network();
    MultiLayerConfiguration copy = network.getLayerWiseConfigurations().clone();
    BackpropRules.apply(copy, rule);
    new MultiLayerNetwork(copy).init();
    MultiLayerConfiguration read =
        MultiLayerConfiguration.fromJson(network.getLayerWiseConfigurations().toJson());
    BackpropRules.apply(read, rule);
    assertEquals(rule, ((BaseSpikingLayer) read.getConf(1).getLayer()).getBackprop());

    ComputationGraph graph = SmallNetworks.graph(SmallNetworks.branched(WorkspaceMode.ENABLED));
    ComputationGraphConfiguration graphCopy = graph.getConfiguration().clone();
    BackpropRules.apply(graphCopy, rule);
  }
}
