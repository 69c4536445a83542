package org.dl4jsnn.examples.nir;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.NumpyArray;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** The commands of {@code nir}: graphs told, run, and made into networks and back. */
class NirExampleTest {

  private static final int[] TWO = {2};
  private static final NirTensor ONE = NirTensor.full(TWO, 1);
  private static final NirNode NEURONS = new NirNeurons.IF(ONE, ONE, NirTensor.full(TWO, 0));

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();
  private Path file;
  private Path model;
  private Path exported;

  /** Twice what arrives, into neurons without a leak that Norse runs at any time step. */
  @BeforeEach
  void writeGraph() throws IOException {
    file = folder.resolve("net.nir");
    model = folder.resolve("model.zip");
    exported = folder.resolve("exported.nir");
    writeGraph(NirTensor.of(new int[] {2, 2}, 2, 0, 0, 1));
  }

  private void writeGraph(NirTensor weights) throws IOException {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    nodes.put("input", new NirPlumbing.Input(2));
    nodes.put("linear", new NirWeights.Linear(weights));
    nodes.put("if", NEURONS);
    nodes.put("output", new NirPlumbing.Output(2));
    NirFiles.write(
        new NirGraph(nodes, edges("input linear if output"), Map.of("author", "us")), file);
  }

  /** The edges of paths, in whose words a node follows the other. */
  private static List<NirGraph.Edge> edges(String... paths) {
    List<NirGraph.Edge> edges = new ArrayList<>();
    for (String path : paths) {
      String[] nodes = path.split(" ");
      for (int i = 1; i < nodes.length; i++) {
        edges.add(new NirGraph.Edge(nodes[i - 1], nodes[i]));
      }
    }
    return edges;
  }

  @Test
  void shouldSayWhatAGraphIsAsJson() throws IOException {
    run.assertDone("nir info %s --json", file);
    Map<?, ?> told = run.json();
    assertEquals(
        Map.of("type", "Linear", "shape", List.of(2)),
        ((Map<?, ?>) told.get("nodes")).get("linear"));
    assertEquals("runs", ((Map<?, ?>) told.get("dialects")).get("norse"));
    assertEquals("a MultiLayerNetwork", ((Map<?, ?>) told.get("imports")).get("sinabs"));
  }

  private Path array(int[] shape, float... values) throws IOException {
    Path array = folder.resolve("in.npy");
    NumpyArray.of(shape, values).write(array);
    return array;
  }

  @Test
  void shouldAnswerAsEachProgramDoes() throws IOException {
    Path input = array(new int[] {3, 2}, 1, 1, 0, 0.5f, 1, 0);
    assertOutput(new float[] {1, 0, 0, 1, 1, 0}, input, "norse");
    assertOutput(new float[] {1, 0, 0, 1, 1, 0}, input, "norse --reset=subtract");
    assertOutput(new float[] {2, 1, 0, 0, 2, 0}, input, "sinabs");
    assertOutput(new float[] {2, 1, 0, 0, 2, 0}, input, "sinabs --dt=0.001 --reset=zero");
  }

  private void assertOutput(float[] expected, Path input, String dialect) throws IOException {
    Path to = folder.resolve("out.npy");
    run.assertDone("nir run %s --input %s --to %s --dialect=" + dialect, file, input, to);
    NumpyArray answer = NumpyArray.read(to);
    assertArrayEquals(new int[] {3, 2}, answer.shape());
    assertArrayEquals(expected, answer.values(), dialect);
  }

  @Test
  void shouldSayWhatAGraphIsMadeOf() {
    run.assertDone("nir info %s", file);
    run.assertPrinted("Metadata  author: us");
    run.assertPrinted("Node      linear: Linear, gives [2]: weight [2, 2]");
    run.assertPrinted("Node      if: IF, gives [2]: r 1.0, v_threshold 1.0, v_reset 0.0");
    run.assertPrinted("Edges     [input → linear, linear → if, if → output]");
    run.assertPrinted("Dialect   norse: runs");
    run.assertPrinted("Dialect   spikingjelly: refuses: node if (IF): r must be 1/dt");
    run.assertPrinted("Import    norse: a MultiLayerNetwork");
    run.assertPrinted("Import    spikingjelly: refuses: nodes must be convertible to a network");
  }

  /** A delay of 0.35 ms, which is a whole number of steps for some time steps only. */
  @Test
  void shouldTellWhatAGraphIsThatNoDialectRuns() throws IOException {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    nodes.put("input", new NirPlumbing.Input(2));
    nodes.put("late", new NirPlumbing.Delay(NirTensor.of(TWO, 0, 0.00035f)));
    nodes.put("if", NEURONS);
    nodes.put("unfit", new NirWeights.Linear(NirTensor.full(new int[] {2, 3}, 1)));
    nodes.put("output", new NirPlumbing.Output(2));
    nodes.put("other", new NirPlumbing.Output(2));
    NirFiles.write(new NirGraph(nodes, edges("input late if output", "if unfit other")), file);
    run.assertDone("nir info %s", file);
    run.assertPrinted("Node      late: Delay, gives [2]: delay 0.0 to 3.");
    run.assertPrinted("Node      unfit: Linear, of unknown shape: weight [2, 3]");
    run.assertPrinted("Dialect   norse: refuses: a graph must have one Output");
    run.clear();
    nodes.remove("unfit");
    nodes.remove("other");
    NirFiles.write(new NirGraph(nodes, edges("input late if output")), file);
    run.assertDone("nir info %s", file);
    run.assertPrinted(
        "Dialect   norse: refuses: node late (Delay): delays must be whole multiples");
    run.clear();
    run.assertDone("nir info %s --dt=5e-5", file);
    run.assertPrinted("Dialect   norse: runs");
    run.assertPrinted("Import    norse: a MultiLayerNetwork");
    run.assertRefused("--dt", "nir info %s --dt=-1", file);
  }

  @Test
  void shouldComplainInOneLine() throws IOException {
    Path input = array(new int[] {1, 3, 2}, 1, 1, 0, 0, 1, 1);
    Map<String, String> refused =
        Map.of(
            "[T, 2], got [1, 3, 2]", "norse",
            "brian", "brian",
            "--dt", "norse --dt=0",
            "--late-reset", "norse --late-reset",
            "r must be 1/dt", "spikingjelly");
    Path to = folder.resolve("out.npy");
    String command = "nir run %s --input %s --to %s --dialect=";
    refused.forEach((part, dialect) -> assertRefused(part, command + dialect, file, input, to));
    assertRefused("must be a NumPy array", command + "norse", file, file, to);
    assertRefused("must be an HDF5 file", "nir info %s", input);
    assertRefused("Cannot read", "nir info %s/none.nir", folder);
    assertTrue(Files.notExists(to));
  }

  private void assertRefused(String part, String command, Object... values) {
    run.assertRefused(part, command, values);
    assertEquals(1, run.errors().lines().count(), run.errors());
  }

  @Test
  void shouldImportExportAndRestore() throws IOException {
    writeGraph(NirTensor.full(new int[] {2, 2}, 0.75f));
    run.assertDone("nir import %s --dialect=norse --steps=4 --to=%s", file, model);
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(model);
    assertEquals(0.5, network.output(Nd4j.ones(1, 2).muli(0.5)).getDouble(0), "every other step");
    run.assertDone("nir export %s --dt=1e-3 --to=%s", model, exported);
    Path again = folder.resolve("again.zip");
    run.assertDone("nir restore %s --to=%s", exported, again);
    MultiLayerNetwork back = SafeModels.defaults().multiLayerNetwork(again);
    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertSameBits(network.params(), back.params());
  }

  @Test
  void shouldImportAGraphOfTwoOutputs() throws IOException {
    Map<String, NirNode> nodes =
        Map.of(
            "input", new NirPlumbing.Input(2),
            "linear", new NirWeights.Linear(NirTensor.full(new int[] {2, 2}, 0.75f)),
            "first", NEURONS,
            "second", NEURONS,
            "output", new NirPlumbing.Output(2),
            "other", new NirPlumbing.Output(2));
    NirFiles.write(
        new NirGraph(nodes, edges("input linear first second other", "first output")), file);
    run.assertDone("nir import %s --dialect=norse --steps=4 --to=%s", file, model);
    ComputationGraph network = SafeModels.defaults().computationGraph(model);
    assertEquals(List.of("second", "first"), network.getConfiguration().getNetworkOutputs());
    run.assertDone("nir export %s --dt=1e-3 --to=%s", model, exported);
    assertEquals(
        2,
        NirFiles.read(exported).nodes().values().stream()
            .filter(NirPlumbing.Output.class::isInstance)
            .count());
  }

  /** sinabs's neurons stay its own, so that the network knows how long a step is. */
  @Test
  void shouldExportWithTheTimeStepOfTheImport() throws IOException {
    run.assertDone("nir import %s --dialect=sinabs --dt=0.5 --steps=4 --to=%s", file, model);
    run.assertDone("nir export %s --to=%s", model, exported);
    assertEquals("0.5", NirFiles.read(exported).metadata().get("dl4j-snn.time_step"));
    run.assertDone("nir import %s --dialect=norse --steps=4 --to=%s", file, model);
    run.assertRefused("--dt must be given", "nir export %s --to=%s", model, exported);
  }

  @Test
  void shouldNameTheOptionThatDropsInitialMembranes() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(new SpikingDense.Builder().nOut(2).initialMembrane(0.5).build())
                .setInputType(InputType.recurrent(2))
                .build());
    network.init();
    ModelFile.save(network, model);
    String export = "nir export %s --dt=1e-3 --to=%s";
    run.assertRefused("Use --drop-initial to start them at 0", export, model, exported);
    run.assertDone(export + " --drop-initial", model, exported);
  }

  @Test
  void shouldSayWhatDoesNotMapInOneMessage() throws IOException {
    writeGraph(NirTensor.full(new int[] {3, 2}, 0.75f));
    run.assertRefused(
        "node if (IF): neurons must have the shape",
        "nir import %s --dialect=norse --to=%s",
        file,
        model);
    assertTrue(Files.notExists(model));
    run.assertRefused("use NirImport", "nir restore %s --to=%s", file, model);
  }
}
