package org.dl4jsnn.nir.network;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks as graphs, and back: by their metadata, and as another program would read them. */
class NirExportTest {

  private static final double MILLISECOND = 1e-3;
  private static final NirExport EXPORT = NirExport.ofTimeStep(MILLISECOND);
  private static final NirRestore RESTORE = NirRestore.defaults();
  private static final Convolution3D.DataFormat NCDHW = Convolution3D.DataFormat.NCDHW;

  private static Stream<Arguments> chains() {
    return Stream.of(
        Arguments.of("dense", TestNets.dense()),
        Arguments.of("images", TestNets.images()),
        Arguments.of("flattened images", TestNets.flattenedImages()),
        Arguments.of("rows", TestNets.rows()),
        Arguments.of("delays", TestNets.delays()),
        Arguments.of("recurrent", TestNets.recurrent()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chains")
  void shouldGiveTheSameNetworkBackBitForBit(String name, MultiLayerNetwork network)
      throws Exception {
    NirGraph graph = EXPORT.export(network);
    assertTrue(NirRestore.isOfMultiLayerNetwork(graph));
    MultiLayerNetwork back = RESTORE.multiLayerNetwork(graph);
    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertSameBits(network.params(), back.params());
  }

  @Test
  void shouldGiveTheSameGraphBackBitForBit() throws Exception {
    ComputationGraph network = TestNets.branches();
    NirGraph graph = EXPORT.export(network);
    assertTrue(NirRestore.isOfComputationGraph(graph));
    ComputationGraph back = RESTORE.computationGraph(graph);
    assertEquals(network.getConfiguration(), back.getConfiguration());
    assertSameBits(network.params(), back.params());
  }

  /** An image beside a row, which alone has two axes in a graph. */
  @Test
  void shouldKeepTheRowsOfAnImageBesideARow() throws Exception {
    var builder =
        TestNets.settings()
            .graphBuilder()
            .addInputs("series", "image")
            .addLayer("seriesSpikes", SpikeEncoding.frames().build(), "series")
            .addLayer("imageSpikes", SpikeEncoding.frames().build(), "image")
            .addLayer("row", new SpikingConvolution1D.Builder(3).nOut(4).build(), "seriesSpikes")
            .addLayer("a", new SpikingDense.Builder().nOut(6).build(), "row")
            .addLayer("b", new SpikingDense.Builder().nOut(5).build(), "imageSpikes")
            .addVertex("both", new SpikingConcatenate(), "a", "b")
            .addLayer("readout", Networks.softmax(3), "both")
            .setOutputs("readout")
            .setInputTypes(
                InputType.convolutional3D(NCDHW, TestNets.STEPS, 1, 9, 2),
                InputType.convolutional3D(NCDHW, TestNets.STEPS, 5, 6, 2));
    ComputationGraph network = Networks.of(builder);
    NirGraph graph = EXPORT.export(network);
    ComputationGraph back = RESTORE.computationGraph(graph);
    assertSameBits(network.params(), back.params());
  }

  @Test
  void shouldRefuseUnevenPaddingOfARowThatIsStridden() {
    MultiLayerNetwork network =
        TestNets.chain(
            InputType.convolutional3D(NCDHW, TestNets.STEPS, 1, 12, 2),
            new SpikingConvolution1D.Builder(3).nOut(4).stride(2).build(),
            new SpikingDense.Builder().nOut(3).build());
    assertRefused("with uneven padding. Set .padding(n)", () -> EXPORT.export(network));
  }

  /** What a layer learned is metadata, under its name. */
  @Test
  void shouldWriteWhatALayerWithASlashInItsNameLearned(@TempDir Path folder) throws Exception {
    var builder =
        TestNets.settings()
            .graphBuilder()
            .addInputs("in")
            .addLayer("spikes", SpikeEncoding.frames().build(), "in")
            .addLayer(
                "block/a%2F",
                new SpikingDense.Builder()
                    .nOut(4)
                    .leak(0.5)
                    .learnPerLayer(NeuronParameter.LEAK)
                    .build(),
                "spikes")
            .addLayer("readout", Networks.softmax(3), "block/a%2F")
            .setOutputs("readout")
            .setInputTypes(InputType.recurrent(5));
    ComputationGraph network = Networks.of(builder);
    network.getVertex("block/a%2F").paramTable(false).get("freeLeak").assign(0.3);
    Path file = folder.resolve("graph.nir");
    NirFiles.write(EXPORT.export(network), file);
    ComputationGraph back = RESTORE.computationGraph(NirFiles.read(file));
    assertSameBits(network.params(), back.params());
  }

  @Test
  void shouldFoldNormalisationsAndKeepWhatNeuronsLearned() throws Exception {
    MultiLayerNetwork network =
        TestNets.chain(
            InputType.recurrent(6),
            new SpikingDense.Builder()
                .nOut(8)
                .leak(0.9)
                .learnPerChannel(NeuronParameter.LEAK, NeuronParameter.THRESHOLD)
                .normalization(new CurrentNormalization())
                .build(),
            Networks.softmax(3));
    INDArray leaks = network.getLayer(1).paramTable().get("freeLeak");
    leaks.assign(TestNets.spikes(1, 8).addi(0.3));
    NirGraph graph = EXPORT.export(network);
    MultiLayerNetwork back = RESTORE.multiLayerNetwork(graph);
    MultiLayerNetwork folded = NormalizationFolding.fold(network);
    assertEquals(folded.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertSameBits(folded.params(), back.params());
  }

  /**
   * The chains; recurrent neurons with a synaptic current by themselves, since snnTorch resets them
   * a step late, and Norse ignores the resistance of those without.
   */
  private static Stream<Arguments> readable() {
    return Stream.concat(
        chains().filter(chain -> !chain.get()[0].equals("recurrent")),
        Stream.of(
            Arguments.of("recurrent", TestNets.recurrentWithoutCurrent()),
            Arguments.of("recurrent with a synaptic current", TestNets.recurrentSynaptic())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void shouldFireTheSameSpikesWhereAnotherProgramReadsIt(String name, MultiLayerNetwork network) {
    MultiLayerNetwork imported = read(dialect(name)).multiLayerNetwork(graph(network));
    assertFireTheSame(3, network, imported, features(name));
  }

  private static void assertFireTheSame(
      int layers, NeuralNetwork network, NeuralNetwork imported, INDArray... features) {
    Map<String, float[][][]> expected = TestNets.fired(network, features);
    Map<String, float[][][]> found = TestNets.fired(imported, features);
    found.keySet().retainAll(expected.keySet());
    found.forEach(
        (layer, train) -> {
          TestNets.requireSpikes(train);
          assertArrayEquals(expected.get(layer), train, layer);
        });
    assertTrue(found.size() >= layers, found.keySet() + " of " + expected.keySet());
  }

  /** Norse and snnTorch do not read a graph in a graph that must wait for its input. */
  @Test
  void shouldWriteRecurrentWeightsBesideTheirNeurons() {
    NirGraph graph = EXPORT.export(TestNets.recurrent());
    assertTrue(graph.nodes().values().stream().noneMatch(NirGraph.class::isInstance));
    List<String> recurrent =
        graph.nodes().keySet().stream().filter(name -> name.endsWith("_w_rec")).toList();
    assertEquals(2, recurrent.size(), graph.nodes().keySet().toString());
    for (String weights : recurrent) {
      String neurons = weights.replace("_w_rec", "");
      assertTrue(graph.nodes().get(neurons) instanceof NirNeurons, neurons);
      assertTrue(graph.edges().contains(new NirGraph.Edge(neurons, weights)), weights);
      assertTrue(graph.edges().contains(new NirGraph.Edge(weights, neurons)), weights);
    }
  }

  @Test
  void shouldExportAndRestoreOutputsThatAreRead() throws Exception {
    ComputationGraph network = TestNets.branches();
    var configuration = network.getConfiguration().clone();
    configuration.setNetworkOutputs(List.of("c", "readout"));
    ComputationGraph read = Networks.of(configuration);
    read.setParams(network.params());
    NirGraph graph = EXPORT.export(read);
    assertTrue(graph.edges().contains(new NirGraph.Edge("c", "output")), graph.edges().toString());
    assertTrue(graph.nodes().containsKey("output_"));
    assertSameBits(network.params(), RESTORE.computationGraph(graph).params());
  }

  /** Thresholds and weights of a chip are whole numbers of the graph. */
  @Test
  void shouldExportWholeNumbers() throws Exception {
    MultiLayerNetwork trained =
        TestNets.chain(
            InputType.recurrent(6),
            new SpikingDense.Builder().nOut(9).threshold(0.4).build(),
            new SpikingDense.Builder().nOut(8).threshold(0.3).build(),
            Networks.softmax(3));
    MultiLayerNetwork chip = IntegerQuantization.toBits(8).quantize(trained).network();
    NirGraph graph = EXPORT.export(chip);
    assertSameBits(chip.params(), RESTORE.multiLayerNetwork(graph).params());
    MultiLayerNetwork imported = read(NirDialect.norse()).multiLayerNetwork(graph(chip));
    assertFireTheSame(2, chip, imported, TestNets.spikes(3, TestNets.SAMPLES, 6, TestNets.STEPS));
    for (NirNode node : graph.nodes().values()) {
      if (node instanceof NirNeurons.IF whole) {
        for (float threshold : whole.threshold().values()) {
          assertEquals(Math.rint(threshold), threshold);
        }
      }
    }
  }

  @Test
  void shouldWriteSynapticCurrentsInWholeNumbers() throws Exception {
    MultiLayerNetwork trained =
        TestNets.chain(
            InputType.recurrent(6),
            new SpikingDense.Builder()
                .nOut(9)
                .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.4, 0.9), 0.75))
                .build(),
            Networks.softmax(3));
    MultiLayerNetwork chip = IntegerQuantization.toBits(8).quantize(trained).network();
    NirGraph graph = EXPORT.export(chip);
    NirNeurons.CubaLIF node =
        graph.nodes().values().stream()
            .filter(NirNeurons.CubaLIF.class::isInstance)
            .map(NirNeurons.CubaLIF.class::cast)
            .findFirst()
            .orElseThrow();
    // (68): τ = dt / (1 − β), and β = 3072 / 4096.
    assertEquals(MILLISECOND / 0.25, node.tauSynapse().values()[0], 1e-8);
    float threshold = node.threshold().values()[0];
    assertEquals(Math.rint(threshold), threshold);
    MultiLayerNetwork restored = RESTORE.multiLayerNetwork(graph);
    assertSameBits(chip.params(), restored.params());
    assertEquals(
        chip.getLayer(1).conf().getLayer(), restored.getLayer(1).conf().getLayer(), "neurons");
  }

  @Test
  void shouldKeepLongDelaysToTheStep() {
    for (int steps : new int[] {1, 7, 16_777, 123_457, NirPlumbing.Delay.MOST_STEPS}) {
      for (double timeStep : new double[] {1e-4, MILLISECOND, 1.0 / 3}) {
        NirTensor delay = NirTensor.full(new int[] {1}, (float) (steps * timeStep));
        assertEquals(steps, new NirPlumbing.Delay(delay).steps(timeStep)[0]);
      }
    }
  }

  @Test
  void shouldFireTheSameSpikesInBranches() {
    ComputationGraph network = TestNets.branches();
    ComputationGraph imported =
        NirImport.by(NirDialect.norse().withTimeStep(MILLISECOND))
            .computationGraph(withoutMetadata(EXPORT.export(network)));
    INDArray left = TestNets.spikes(1, TestNets.SAMPLES, 2, TestNets.STEPS, 5, 4);
    INDArray right = TestNets.spikes(2, TestNets.SAMPLES, 1, TestNets.STEPS, 5, 4);
    assertFireTheSame(4, network, imported, left, right);
  }

  private static NirImport read(NirDialect dialect) {
    return NirImport.by(dialect.withTimeStep(MILLISECOND));
  }

  private static NirGraph graph(MultiLayerNetwork network) {
    return withoutMetadata(EXPORT.export(network));
  }

  static NirGraph withoutMetadata(NirGraph graph) {
    return new NirGraph(graph.nodes(), graph.edges());
  }

  private static NirDialect dialect(String name) {
    return switch (name) {
      case "images", "delays", "recurrent with a synaptic current" -> NirDialect.norse();
      case "flattened images" -> NirDialect.norse().withResetBySubtraction();
      default -> NirDialect.snnTorch();
    };
  }

  private static INDArray features(String name) {
    return switch (name) {
      case "dense" -> TestNets.spikes(1, TestNets.SAMPLES, 6, TestNets.STEPS);
      case "delays" -> TestNets.spikes(1, TestNets.SAMPLES, 2, TestNets.STEPS, 5, 5);
      case "images" -> TestNets.spikes(1, TestNets.SAMPLES, 2, TestNets.STEPS, 11, 9);
      case "flattened images" -> TestNets.spikes(1, TestNets.SAMPLES, 2, TestNets.STEPS, 6, 5);
      case "rows" -> TestNets.spikes(1, TestNets.SAMPLES, 2, TestNets.STEPS, 1, 12);
      default -> TestNets.spikes(1, TestNets.SAMPLES, 5, TestNets.STEPS);
    };
  }

  @Test
  void shouldRefuseNetworksWithoutSpikes() {
    MultiLayerNetwork stock =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(2).build())
                .build());
    assertRefused("must begin with a SpikeEncoding, got layers of", () -> EXPORT.export(stock));
  }

  @Test
  void shouldDropInitialMembranesWhereAsked() throws Exception {
    MultiLayerNetwork network =
        TestNets.chain(
            InputType.recurrent(6),
            new SpikingDense.Builder().nOut(8).initialMembrane(0.5).build(),
            Networks.softmax(3));
    assertRefused("droppingInitialMembranes()", () -> EXPORT.export(network));
    NirGraph graph = EXPORT.droppingInitialMembranes().export(network);
    MultiLayerNetwork back = RESTORE.multiLayerNetwork(graph);
    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
  }

  /** The simulation knows leaks in single precision, and a time constant is finite. */
  @Test
  void shouldExportALeakThatIsOneInSinglePrecisionAsNone() {
    MultiLayerNetwork network =
        TestNets.chain(
            InputType.recurrent(3),
            new SpikingDense.Builder().name("lossless").nOut(2).leak(0.999999999).build(),
            Networks.softmax(2));
    NirGraph graph = EXPORT.export(network);
    assertTrue(graph.nodes().values().stream().anyMatch(NirNeurons.IF.class::isInstance));
  }
}
