package org.dl4jsnn.examples.nir;

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
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.NumpyArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class NirExampleTest {

  private static final int[] TWO = {2};

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();
  private String file;

  /** Twice what arrives, into neurons without a leak that Norse runs at any time step. */
  @BeforeEach
  void writeGraph() throws IOException {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    nodes.put("input", new NirPlumbing.Input(2));
    nodes.put("linear", new NirWeights.Linear(NirTensor.of(new int[] {2, 2}, 2, 0, 0, 1)));
    NirTensor one = NirTensor.full(TWO, 1);
    nodes.put("if", new NirNeurons.IF(one, one, NirTensor.full(TWO, 0)));
    nodes.put("output", new NirPlumbing.Output(2));
    List<NirGraph.Edge> edges =
        List.of(
            new NirGraph.Edge("input", "linear"),
            new NirGraph.Edge("linear", "if"),
            new NirGraph.Edge("if", "output"));
    file = folder.resolve("net.nir").toString();
    NirFiles.write(new NirGraph(nodes, edges, Map.of("author", "us")), Path.of(file));
  }

  @Test
  void shouldSayWhatAGraphIsAsJson() throws IOException {
    assertEquals(0, run.execute("nir", "info", file, "--json"), run.errors());
    Map<?, ?> told = new ObjectMapper().readValue(run.output(), Map.class);
    assertEquals(
        Map.of("type", "Linear", "shape", List.of(2)),
        ((Map<?, ?>) told.get("nodes")).get("linear"));
    assertEquals("runs", ((Map<?, ?>) told.get("dialects")).get("norse"));
    assertEquals(1, run.output().lines().count());
  }

  private String array(int[] shape, float... values) throws IOException {
    Path array = folder.resolve("in.npy");
    NumpyArray.of(shape, values).write(array);
    return array.toString();
  }

  @Test
  void shouldAnswerAsEachProgramDoes() throws IOException {
    String input = array(new int[] {3, 2}, 1, 1, 0, 0.5f, 1, 0);
    assertOutput(new float[] {1, 0, 0, 1, 1, 0}, input, "--dialect=norse");
    assertOutput(new float[] {1, 0, 0, 1, 1, 0}, input, "--dialect=norse", "--reset=subtract");
    assertOutput(new float[] {2, 1, 0, 0, 2, 0}, input, "--dialect=sinabs");
    assertOutput(
        new float[] {2, 1, 0, 0, 2, 0}, input, "--dialect=sinabs", "--dt=0.001", "--reset=zero");
  }

  private void assertOutput(float[] expected, String input, String... options) throws IOException {
    Path to = folder.resolve("out.npy");
    List<String> arguments =
        new ArrayList<>(List.of("nir", "run", file, "--input", input, "--to", to + ""));
    arguments.addAll(List.of(options));
    assertEquals(0, run.execute(arguments.toArray(String[]::new)), run.errors());
    NumpyArray answer = NumpyArray.read(to);
    assertArrayEquals(new int[] {3, 2}, answer.shape());
    assertArrayEquals(expected, answer.values(), String.join(" ", options));
  }

  @Test
  void shouldSayWhatAGraphIsMadeOf() {
    assertEquals(0, run.execute("nir", "info", file), run.errors());
    run.assertPrinted("Metadata  author: us");
    run.assertPrinted("Node      linear: Linear, gives [2]: weight [2, 2]");
    run.assertPrinted("Node      if: IF, gives [2]: r 1.0, v_threshold 1.0, v_reset 0.0");
    run.assertPrinted("Edges     [input → linear, linear → if, if → output]");
    run.assertPrinted("Dialect   norse: runs");
    run.assertPrinted("Dialect   spikingjelly: refuses: node if (IF): r must be 1/dt");
  }

  @Test
  void shouldTellWhetherAGraphBecomesANetwork() throws IOException {
    assertEquals(0, run.execute("nir", "info", file), run.errors());
    run.assertPrinted("Import    norse: a MultiLayerNetwork");
    run.assertPrinted("Import    spikingjelly: refuses: nodes must be convertible to a network");
    run.clear();
    assertEquals(0, run.execute("nir", "info", file, "--json"), run.errors());
    Map<?, ?> told = new ObjectMapper().readValue(run.output(), Map.class);
    assertEquals("a MultiLayerNetwork", ((Map<?, ?>) told.get("imports")).get("sinabs"));
  }

  /** A delay of 0.35 ms, which is a whole number of steps for some time steps only. */
  @Test
  void shouldTellWhatAGraphIsThatNoDialectRuns() throws IOException {
    NirTensor one = NirTensor.full(TWO, 1);
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    nodes.put("input", new NirPlumbing.Input(2));
    nodes.put("late", new NirPlumbing.Delay(NirTensor.of(TWO, 0, 0.00035f)));
    nodes.put("if", new NirNeurons.IF(one, one, NirTensor.full(TWO, 0)));
    nodes.put("unfit", new NirWeights.Linear(NirTensor.full(new int[] {2, 3}, 1)));
    nodes.put("output", new NirPlumbing.Output(2));
    nodes.put("other", new NirPlumbing.Output(2));
    List<NirGraph.Edge> edges =
        List.of(
            new NirGraph.Edge("input", "late"),
            new NirGraph.Edge("late", "if"),
            new NirGraph.Edge("if", "output"),
            new NirGraph.Edge("if", "unfit"),
            new NirGraph.Edge("unfit", "other"));
    String odd = folder.resolve("odd.nir").toString();
    NirFiles.write(new NirGraph(nodes, edges), Path.of(odd));
    assertEquals(0, run.execute("nir", "info", odd), run.errors());
    run.assertPrinted("Node      late: Delay, gives [2]: delay 0.0 to 3.");
    run.assertPrinted("Node      unfit: Linear, of unknown shape: weight [2, 3]");
    run.assertPrinted("Dialect   norse: refuses: a graph must have one Output");
    run.clear();
    nodes.remove("unfit");
    nodes.remove("other");
    NirFiles.write(new NirGraph(nodes, edges.subList(0, 3)), Path.of(odd));
    assertEquals(0, run.execute("nir", "info", odd), run.errors());
    run.assertPrinted(
        "Dialect   norse: refuses: node late (Delay): delays must be whole multiples");
    run.clear();
    assertEquals(0, run.execute("nir", "info", odd, "--dt=5e-5"), run.errors());
    run.assertPrinted("Dialect   norse: runs");
    run.assertPrinted("Import    norse: a MultiLayerNetwork");
    assertRefused("--dt", "info", odd, "--dt=-1");
  }

  @Test
  void shouldComplainInOneLine() throws IOException {
    String input = array(new int[] {1, 3, 2}, 1, 1, 0, 0, 1, 1);
    String to = folder.resolve("out.npy").toString();
    assertRefused(
        "[T, 2], got [1, 3, 2]", "run", file, "--input", input, "--to", to, "--dialect=norse");
    assertRefused("brian", "run", file, "--input", input, "--to", to, "--dialect=brian");
    assertRefused("--dt", "run", file, "--input", input, "--to", to, "--dialect=norse", "--dt=0");
    assertRefused(
        "--late-reset",
        "run",
        file,
        "--input",
        input,
        "--to",
        to,
        "--dialect=norse",
        "--late-reset");
    assertRefused(
        "r must be 1/dt", "run", file, "--input", input, "--to", to, "--dialect=spikingjelly");
    assertRefused(
        "must be a NumPy array", "run", file, "--input", file, "--to", to, "--dialect=norse");
    assertRefused("must be an HDF5 file", "info", input);
    assertRefused("Cannot read", "info", folder.resolve("none.nir").toString());
    assertTrue(Files.notExists(Path.of(to)));
  }

  private void assertRefused(String part, String... arguments) {
    run.clear();
    List<String> all = new ArrayList<>(List.of("nir"));
    all.addAll(List.of(arguments));
    assertEquals(1, run.execute(all.toArray(String[]::new)));
    run.assertComplained(part);
    assertEquals(1, run.errors().lines().count(), run.errors());
  }
}
