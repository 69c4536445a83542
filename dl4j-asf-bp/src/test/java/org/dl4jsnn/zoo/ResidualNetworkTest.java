package org.dl4jsnn.zoo;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.deploy.CExport;
import org.dl4jsnn.deploy.FeatureRange;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.deploy.QuantizationAwareTraining;
import org.dl4jsnn.deploy.QuantizationReport;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.monitor.EarlyAnswers;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.NeuroBench;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.network.NirExport;
import org.dl4jsnn.nir.network.NirImport;
import org.dl4jsnn.nir.network.NirRestore;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Residual networks, and that everything which reads sequences reads them. */
class ResidualNetworkTest {

  private static final int STEPS = 5;
  private static final int SAMPLES = 6;

  private static ResidualNetwork small(ResidualJoin join) {
    return SpikingNetworks.sewResNet()
        .layers("4C3-4B3-6B3/2-GAP")
        .input(InputType.convolutional(8, 8, 3))
        .join(join)
        .threshold(0.7)
        .steps(STEPS)
        .loss(ReadOutLoss.CROSS_ENTROPY);
  }

  private static INDArray images() {
    Nd4j.getRandom().setSeed(4);
    return Nd4j.rand(DataType.FLOAT, SAMPLES, 3, 8, 8);
  }

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(SAMPLES, 10);
    for (int sample = 0; sample < SAMPLES; sample++) {
      labels.putScalar(sample, sample, 1);
    }
    return labels;
  }

  /** With statistics of a training, whose normalisation can be folded. */
  private static ComputationGraph trained(ResidualJoin join) {
    return trained(small(join));
  }

  private static ComputationGraph trained(ResidualNetwork builder) {
    ComputationGraph network = builder.init();
    for (int i = 0; i < 5; i++) {
      network.fit(new DataSet(images(), labels()));
    }
    return network;
  }

  private static SpikingConvolution2D convolution(
      ComputationGraphConfiguration configuration, String name) {
    GraphVertex vertex = configuration.getVertices().get(name);
    return (SpikingConvolution2D)
        assertInstanceOf(LayerVertex.class, vertex).getLayerConf().getLayer();
  }

  @Test
  void shouldConnectBlocksAndShortcuts() {
    ComputationGraphConfiguration made = small(ResidualJoin.ADD).configuration();
    assertEquals(List.of("conv1", "block1-conv2"), made.getVertexInputs().get("block1"));
    assertEquals(List.of("block1"), made.getVertexInputs().get("block2-conv1"));
    assertEquals(List.of("block1"), made.getVertexInputs().get("block2-shortcut"));
    assertEquals(List.of("block2-shortcut", "block2-conv2"), made.getVertexInputs().get("block2"));
    assertEquals(List.of("global"), made.getVertexInputs().get("readout"));
    assertEquals(
        new SpikingConvolution2D.Builder(1, 1).stride(2, 2).padding(0, 0).build().getWindow(),
        convolution(made, "block2-shortcut").getWindow());
    assertEquals(6, convolution(made, "block2-conv1").getNOut());
    assertEquals(0.7, ((SpikingNeuron) convolution(made, "block2-conv1").getNeuron()).threshold());
  }

  @Test
  void shouldJoinAsAsked() {
    List<GraphVertex> vertices =
        Stream.of(ResidualJoin.ADD, ResidualJoin.AND, ResidualJoin.IAND)
            .map(join -> small(join).configuration().getVertices().get("block1"))
            .toList();
    assertEquals(List.of(new SpikingAdd(), new SpikingAnd(), new SpikingAndNot()), vertices);
    ComputationGraphConfiguration inhibited = small(ResidualJoin.IAND).configuration();
    assertEquals(List.of("conv1", "block1-conv2"), inhibited.getVertexInputs().get("block1"));
  }

  @Test
  void shouldAddCurrents() {
    ComputationGraphConfiguration made =
        SpikingNetworks.msResNet().layers("4C3-4B3-6B3/2-AP2-6B3-GAP").configuration();
    assertEquals(List.of("conv1"), made.getVertexInputs().get("block1-neurons"));
    assertEquals(List.of("block1-neurons"), made.getVertexInputs().get("block1-conv1"));
    assertEquals(List.of("conv1", "block1-conv2"), made.getVertexInputs().get("block1"));
    assertEquals(List.of("block2-neurons"), made.getVertexInputs().get("block2-shortcut"));
    assertEquals(List.of("block2-spikes"), made.getVertexInputs().get("pool1"));
    assertEquals(List.of("pool1"), made.getVertexInputs().get("block3-conv1"));
    assertEquals(List.of("pool1"), made.getVertexInputs().get("block3-shortcut"));
    assertEquals(List.of("block3-shortcut", "block3-conv2"), made.getVertexInputs().get("block3"));
    assertEquals(List.of("block3-spikes"), made.getVertexInputs().get("global"));
    for (String name : List.of("conv1", "block1-conv2", "block2-shortcut")) {
      assertEquals(new GradedNeuron(), convolution(made, name).getNeuron(), name);
    }
    assertInstanceOf(SpikingNeuron.class, convolution(made, "block1-conv1").getNeuron());
  }

  @Test
  void shouldWaitForTheWindowInFrontOfWeights() throws IOException {
    ComputationGraph network = trained(small(ResidualJoin.CURRENTS).accumulating());
    Map<String, List<String>> inputs = network.getConfiguration().getVertexInputs();
    assertEquals(List.of("encoding"), inputs.get("conv1"));
    for (String layer : List.of("block2-conv1", "block2-shortcut")) {
      assertEquals(List.of("block2-neurons-window"), inputs.get(layer));
    }
    assertEquals(List.of("block2-neurons"), inputs.get("block2-neurons-window"));
    assertEquals(List.of("block2-conv1-window"), inputs.get("block2-conv2"));
    assertRunsWithoutNd4j(network);
    List<String> spiking =
        RecordedTrains.of(network, images()).spikes().stream()
            .map(RecordedTrains.Recorded::layer)
            .toList();
    assertEquals(
        List.of(
            "encoding",
            "block1-neurons",
            "block1-conv1",
            "block2-neurons",
            "block2-conv1",
            "block2-spikes",
            "global"),
        spiking);
    INDArray last = network.outputSingle(images());
    assertTrue(last.equalsWithEps(OutputOverTime.of(network, images()).after(STEPS), 1e-6));
    assertRefused(
        () -> NirExport.ofTimeStep(1e-3).export(NormalizationFolding.fold(network)),
        "block1-neurons-window",
        "a layer must have an equivalent node");
  }

  @Test
  void shouldTakeFrames() {
    ComputationGraph network =
        SpikingNetworks.msResNet()
            .layers("4C3-4B3/2-GAP")
            .frames(FeatureShape.image(2, 8, 8))
            .steps(3)
            .init();
    INDArray output = network.outputSingle(Nd4j.rand(DataType.FLOAT, 5, 2, 3, 8, 8));
    assertArrayEquals(new long[] {5, 10}, output.shape());
    ComputationGraphConfiguration images =
        SpikingNetworks.msResNet()
            .frames(FeatureShape.image(2, 8, 8))
            .input(InputType.convolutional(32, 32, 3))
            .configuration();
    assertEquals(SpikingNetworks.msResNet().configuration().toJson(), images.toJson());
  }

  /** Fewer than 2.2 million weights. */
  @Test
  void shouldBeSmall() {
    ComputationGraph network = SpikingNetworks.sewResNet().init();
    long weights =
        network.paramTable().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("_W"))
            .mapToLong(entry -> entry.getValue().length())
            .sum();
    assertEquals(1_594_720, weights);
  }

  @Test
  void shouldHaveBlocksInGraphsAlone() {
    assertBegins(
        "network must have no residual blocks, got 8C3-8B3-GAP. Use SpikingNetworks.sewResNet()",
        () -> SpikingNetworks.vgg7().layers("8C3-8B3-GAP"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldLearnByEveryRule(ResidualJoin join) {
    for (BackpropRule rule :
        List.of(new RateBackprop(), new SpatioTemporalBackprop(), small(join).rule())) {
      ComputationGraph network = small(join).backprop(rule).init();
      INDArray before = network.params().dup();
      network.fit(new DataSet(images(), labels()));
      double first = network.score();
      for (int i = 0; i < 12; i++) {
        network.fit(new DataSet(images(), labels()));
      }
      assertTrue(network.score() < first, rule + ": " + network.score() + " after " + first);
      assertTrue(!before.equals(network.params()), rule.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRunWithoutNd4j(ResidualJoin join) throws IOException {
    assertRunsWithoutNd4j(trained(join));
  }

  private static void assertRunsWithoutNd4j(ComputationGraph network) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RuntimeExport.inSinglePrecision().write(network, file);
    SpikingModel model = SpikingModel.load(new ByteArrayInputStream(file.toByteArray()));
    INDArray images = images();
    INDArray expected = NormalizationFolding.fold(network).outputSingle(images);
    for (int sample = 0; sample < SAMPLES; sample++) {
      float[] features = images.slice(sample).dup('c').data().asFloat();
      assertArrayEquals(
          expected.getRow(sample).toFloatVector(), model.run(features).outputs(), 1e-6f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBecomeWholeNumbersAndC(ResidualJoin join, @TempDir Path folder) throws IOException {
    ComputationGraph trained = trained(join);
    IntegerNetwork<ComputationGraph> chip = IntegerQuantization.toBits(12).quantize(trained);
    double distance =
        chip.network().outputSingle(images()).distance2(trained.outputSingle(images()));
    assertTrue(distance < 0.05, "distance of the outputs: " + distance);
    QuantizationReport report =
        QuantizationReport.of(
            trained, chip, new ListDataSetIterator<>(List.of(new DataSet(images(), labels()))));
    for (QuantizationReport.LayerRow row : report.layers()) {
      assertEquals(row.trainedRate(), row.integerRate(), 0.05, row.name());
    }
    chip.writeArrays(folder.resolve("arrays"));
    CExport.named("residual").steps(STEPS).selfTest(images()).write(chip, folder.resolve("c"));
    assertTrue(Files.isRegularFile(folder.resolve("c").resolve("residual.c")));
  }

  /** Currents that meet are whole numbers of one unit. */
  @Test
  void shouldCountCurrentsThatMeetInTheSameUnits() {
    IntegerNetwork<ComputationGraph> chip =
        IntegerQuantization.toBits(8).quantize(trained(ResidualJoin.CURRENTS));
    Map<String, IntegerNetwork.Layer> layers =
        chip.layers().stream()
            .collect(Collectors.toMap(IntegerNetwork.Layer::name, layer -> layer));
    double[] units = layers.get("block2-conv2").units();
    for (String name : List.of("block2-shortcut", "block2-spikes")) {
      assertArrayEquals(units, layers.get(name).units(), name);
    }
    assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1}, layers.get("block2-spikes").weights());
    assertNull(layers.get("block2-conv2").neuron());
    assertFalse(Arrays.equals(units, layers.get("block2-conv1").units()));
  }

  /** A sum of blocks passes on several spikes in a step, which the limit must count. */
  @ParameterizedTest
  @EnumSource(names = {"ADD", "CURRENTS"})
  void shouldFitMembranesBehindSumsIntoFewerBits(ResidualJoin join, @TempDir Path folder)
      throws IOException {
    ComputationGraph network = small(join).layers("16C3-16B3-16B3-16B3-GAP").init();
    network.fit(new DataSet(images(), labels()));
    FeatureRange features = new FeatureRange(4, 0, 1);
    IntegerNetwork<ComputationGraph> chip =
        IntegerQuantization.toBits(8).membraneBits(16, STEPS, features).quantize(network);
    CExport.named("residual").steps(STEPS).features(features).write(chip, folder);
    String source = Files.readString(folder.resolve("residual.c"));
    assertTrue(Pattern.compile("bytes = 2,\\s+.neuron =").matcher(source).find(), source);
    assertFalse(Pattern.compile("bytes = 4,\\s+.neuron =").matcher(source).find(), source);
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveFewBits(ResidualJoin join) {
    ComputationGraph folded = NormalizationFolding.fold(trained(join));
    folded.addListeners(QuantizationAwareTraining.of(folded, WeightQuantization.toBits(4)));
    folded.fit(new DataSet(images(), labels()));
    assertSameBits(WeightQuantization.toBits(4).quantize(folded).params(), folded.params());
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeWatched(ResidualJoin join) {
    ComputationGraph network = trained(join);
    RecordedTrains trains = RecordedTrains.of(network, images());
    assertEquals(STEPS, SpikeRaster.of(trains.train("block2"), 0, 20).steps());
    boolean ofCurrents = join == ResidualJoin.CURRENTS;
    List<String> spiking = trains.spikes().stream().map(RecordedTrains.Recorded::layer).toList();
    for (String layer : List.of("conv1", "block1", "block2-shortcut", "block2-conv2")) {
      assertEquals(!ofCurrents, spiking.contains(layer), layer);
    }
    assertTrue(spiking.contains("block2-conv1"), spiking.toString());
    assertEquals(spiking, SpikeProbe.of(network).allLayers().record(images()).layers());
    List<String> layers =
        FiringRates.measure(network, images()).stream().map(FiringRates::layer).toList();
    assertTrue(layers.contains("block2-conv1"), layers.toString());
    SpikeHealthListener health = new SpikeHealthListener();
    network.setListeners(health);
    network.fit(new DataSet(images(), labels()));
    assertTrue(NeuroBench.of(network, images()).toString().length() > 0);
    OutputOverTime outputs = OutputOverTime.of(network, images());
    INDArray last = network.outputSingle(images());
    assertTrue(last.equalsWithEps(outputs.after(STEPS), 1e-6));
    EarlyAnswers early = EarlyAnswers.of(network, EarlyExit.lead(0), images());
    assertEquals(1, early.steps()[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "CURRENTS"})
  void shouldGoThroughNir(ResidualJoin join) throws ModelRefusedException {
    ComputationGraph folded = NormalizationFolding.fold(trained(join));
    NirGraph graph = NirExport.ofTimeStep(1e-3).export(folded);
    ComputationGraph back = NirRestore.defaults().computationGraph(graph);
    assertSameBits(folded.outputSingle(images()), back.outputSingle(images()));
  }

  /** The shortcut of a block with a stride has another window than what it meets. */
  @ParameterizedTest
  @EnumSource(names = {"ADD", "CURRENTS"})
  void shouldBeReadFromANirFileOfAnotherProgram(ResidualJoin join) {
    ComputationGraph folded = NormalizationFolding.fold(trained(join));
    NirGraph graph = NirExport.ofTimeStep(1e-3).export(folded);
    ComputationGraph read =
        NirImport.by(NirDialect.norse())
            .direct(STEPS)
            .computationGraph(new NirGraph(graph.nodes(), graph.edges()));
    SpikeRecording expected = SpikeProbe.of(folded).allLayers().record(images());
    SpikeRecording found = SpikeProbe.of(read).allLayers().record(images());
    List<String> layers =
        join == ResidualJoin.ADD
            ? List.of("block1-conv2", "block2-conv1", "block2-shortcut", "block2-conv2")
            : List.of("block2-neurons", "block2-conv1", "block2-spikes");
    for (String layer : layers) {
      assertTrue(expected.rates(layer).sumNumber().doubleValue() > 0, layer);
      assertEquals(expected.rates(layer), found.rates(layer), layer);
    }
  }

  @Test
  void shouldNameWhatNirLacks() {
    ComputationGraph folded = NormalizationFolding.fold(trained(ResidualJoin.AND));
    assertRefused(
        () -> NirExport.ofTimeStep(1e-3).export(folded),
        "block1",
        "vertices must be SpikingAdd or SpikingConcatenate, got SpikingAnd");
  }
}
