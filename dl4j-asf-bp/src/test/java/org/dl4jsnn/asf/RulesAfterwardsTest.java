package org.dl4jsnn.asf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Rules that are set late, or not at all, do not go unnoticed. */
class RulesAfterwardsTest {

  private final DataSet images = SmallNetworks.images(6, 1);

  private static List<String> warnings(Runnable work) {
    return LogOf.warnings("org.dl4jsnn.internal.layer.TrainingWatch", work);
  }

  /** Training, of two minibatches, warns once; inference does not learn. */
  private void assertWarnsOnce(MultiLayerNetwork network, String beginning, String... parts) {
    assertEquals(List.of(), warnings(() -> network.output(images.getFeatures())));
    List<String> warnings =
        warnings(
            () -> {
              network.fit(images);
              network.fit(images);
            });
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).startsWith(beginning), warnings.get(0));
    for (String part : parts) {
      assertTrue(warnings.get(0).contains(part), warnings.get(0));
    }
  }

  private void assertNoWarning(MultiLayerNetwork network) {
    assertEquals(List.of(), warnings(() -> network.fit(images)));
  }

  @Test
  void shouldWarnOfALayerThatTransferLearningAddsWithoutARule() {
    assertWarnsOnce(
        withNewTop(new SpikingDense.Builder()),
        "layer 'new' (SpikingDense) learns by SpatioTemporal",
        "above a layer that learns by AsfBackprop",
        "BackpropRules.swap(network, rule)");
  }

  @Test
  void shouldNotWarnOfRulesThatWereChosen() {
    assertNoWarning(withNewTop(new SpikingDense.Builder().backprop(new AsfBackprop())));
    assertNoWarning(withNewTop(new SpikingDense.Builder().backprop(new SpatioTemporalBackprop())));
    assertNoWarning(SmallNetworks.network());
    // A frozen layer does not learn, so nothing is mixed.
    assertNoWarning(withNewTop(new SpikingDense.Builder(), 5));
    assertNoWarning(
        BackpropRules.swap(withNewTop(new SpikingDense.Builder()), new SpatioTemporalBackprop()));
  }

  @Test
  void shouldWarnOfTheDefaultBelowARuleThatWasChosen() {
    assertWarnsOnce(
        Networks.of(
            SmallNetworks.settings(),
            InputType.convolutional(8, 8, 1),
            SpikeEncoding.poisson(5).build(),
            new SpikingDense.Builder().nOut(8).build(),
            new SpikingDense.Builder().nOut(8).backprop(new AsfBackprop()).build(),
            SmallNetworks.readOut()),
        "",
        "learns by SpatioTemporalBackprop, the default");
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
        assertWarnsOnce(
            over(code, rule),
            "layer 'layer2' (SpikingDense): " + rule,
            "latency coding has the features in the times",
            "Use SpatioTemporalBackprop");
      }
    }
  }

  @Test
  void shouldNotWarnOfCodesThatARuleCanTell() {
    assertNoWarning(over(SpikeEncoding.latency(5), new SpatioTemporalBackprop()));
    assertNoWarning(over(SpikeEncoding.direct(5), new AsfBackprop()));
    assertNoWarning(over(SpikeEncoding.poisson(5).inputGradient(false), new AsfBackprop()));
  }

  /** A layer that learns tells more of the sum than a code that is added to its spikes. */
  @Test
  void shouldSeeALayerBesideALatencyCodeInEitherOrder() {
    DataSet rows = new DataSet(Nd4j.rand(4, 6), SmallNetworks.images(4, 1).getLabels());
    for (String[] inputs : new String[][] {{"code", "hidden"}, {"hidden", "code"}}) {
      ComputationGraph graph =
          Networks.of(
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
      List<String> warnings = warnings(() -> graph.fit(rows));
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(
          warnings.get(0).contains("above a layer that learns by SpatioTemporal"), warnings.get(0));
    }
  }

  /** The dropout between the code and the first neurons does not hide the code. */
  private static MultiLayerNetwork over(SpikeEncoding.Builder code, BackpropRule rule) {
    return Networks.of(
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
    assertRefused(
        IllegalStateException.class,
        () -> BackpropRules.apply(network.getLayerWiseConfigurations(), rule),
        "must be set before a network is built",
        "BackpropRules.swap(network, rule)");
    AsfBackprop.applyTo(network.getLayerWiseConfigurations());
    network.fit(images);

    ComputationGraph graph = Networks.of(SmallNetworks.branched(WorkspaceMode.ENABLED));
    assertThrows(
        IllegalStateException.class, () -> BackpropRules.apply(graph.getConfiguration(), rule));
  }

  @Test
  void shouldSetARuleOfAllLayersOrOfNone() {
    SpikingDense unused = new SpikingDense.Builder().nIn(4).nOut(4).build();
    SpikingDense used = new SpikingDense.Builder().nIn(4).nOut(4).build();
    MultiLayerConfiguration mixed =
        Networks.list(SmallNetworks.settings(), null, unused, used).build();
    new MultiLayerNetwork(Networks.list(SmallNetworks.settings(), null, used).build()).init();
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

    ComputationGraph graph = Networks.of(SmallNetworks.branched(WorkspaceMode.ENABLED));
    ComputationGraphConfiguration graphCopy = graph.getConfiguration().clone();
    BackpropRules.apply(graphCopy, rule);
  }

  // Losses that drive rates up forever are named while a network is configured.

  private static SpikingDense free() {
    return new SpikingDense.Builder().nIn(4).nOut(4).build();
  }

  private static SpikingDense bounded() {
    return new SpikingDense.Builder()
        .nIn(4)
        .nOut(4)
        .normalization(new CurrentNormalization())
        .reset(Reset.bySubtraction())
        .build();
  }

  private static Layer readOut(ILossFunction loss) {
    return new OutputLayer.Builder(loss).nIn(4).nOut(3).activation(Activation.SOFTMAX).build();
  }

  private static void assertWarnings(int expected, Runnable rule) {
    List<String> warnings = LogOf.warnings("org.dl4jsnn.gradient.BackpropRules", rule);
    assertEquals(expected, warnings.size());
    warnings.forEach(message -> assertEquals("Cross entropy,", message.substring(0, 14)));
  }

  private static void assertWarnings(int expected, BackpropRule rule, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        SmallNetworks.settings().list().layer(SpikeEncoding.poisson(5).build());
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerConfiguration configuration = list.validateOutputLayerConfig(false).build();
    assertWarnings(expected, () -> BackpropRules.apply(configuration, rule));
  }

  @Test
  void shouldWarnOfCrossEntropyAboveLayersWhoseCurrentsAreFree() {
    BackpropRule rule = new AsfBackprop();
    assertWarnings(1, rule, free(), free(), readOut(new LossMCXENT()));
    assertWarnings(1, rule, free(), free(), readOut(new LossBinaryXENT()));
    assertWarnings(1, rule, bounded(), free(), readOut(new LossMCXENT()));
    Layer loss = new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
    assertWarnings(1, rule, free(), free(), loss);
  }

  @Test
  void shouldNotWarnOfWhatEndsByItself() {
    BackpropRule rule = new AsfBackprop();
    assertWarnings(0, rule, free(), free(), readOut(new LossL2()));
    assertWarnings(0, rule, bounded(), bounded(), readOut(new LossMCXENT()));
    for (BackpropRule gated :
        new BackpropRule[] {new AsfBackprop().withSaturationGate(), new SpatioTemporalBackprop()}) {
      assertWarnings(0, gated, free(), free(), readOut(new LossMCXENT()));
    }
  }

  @Test
  void shouldWarnOfCrossEntropyInGraphs() {
    assertWarnings(0, () -> SmallNetworks.branched(WorkspaceMode.NONE));
    ComputationGraphConfiguration graph =
        SmallNetworks.settings()
            .graphBuilder()
            .addInputs("features")
            .addLayer("encoding", SpikeEncoding.poisson(5).build(), "features")
            .addLayer("dense", free(), "encoding")
            .addLayer("output", readOut(new LossMCXENT()), "dense")
            .setOutputs("output")
            .validateOutputLayerConfig(false)
            .build();
    assertWarnings(1, () -> BackpropRules.apply(graph, new AsfBackprop()));
  }
}
