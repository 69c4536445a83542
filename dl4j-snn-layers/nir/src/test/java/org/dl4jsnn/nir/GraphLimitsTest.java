package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Graphs that claim much, and invalid numbers. */
class GraphLimitsTest {

  private static NirGraph passing(int... shape) {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    nodes.put("input", new NirPlumbing.Input(shape));
    nodes.put("output", new NirPlumbing.Output(shape));
    return new NirGraph(nodes, List.of(new NirGraph.Edge("input", "output")));
  }

  private static String refusal(Runnable work) {
    return assertThrows(IllegalArgumentException.class, work::run).getMessage();
  }

  @Test
  void shouldRefuseMoreNumbersThanASimulationMayTake() {
    String message = refusal(() -> NirSimulation.of(passing(16384, 16384), NirDialect.exact()));
    assertTrue(message.contains("all nodes together at most 67108864 numbers"), message);
    String both = refusal(() -> NirSimulation.of(passing(6144, 6144), NirDialect.exact()));
    assertTrue(both.contains("all nodes together at most 67108864 numbers"), both);
  }

  @Test
  void shouldRefuseAnEdgeIntoTheInput() {
    Map<String, NirNode> nodes = new LinkedHashMap<>(passing(2).nodes());
    nodes.put("fc", new NirWeights.Linear(NirTensor.full(new int[] {3, 2}, 1)));
    nodes.put("output", new NirPlumbing.Output(3));
    List<NirGraph.Edge> edges =
        List.of(
            new NirGraph.Edge("input", "fc"),
            new NirGraph.Edge("fc", "output"),
            new NirGraph.Edge("output", "input"));
    for (String dialect : NirDialect.names()) {
      String message =
          refusal(() -> NirSimulation.of(new NirGraph(nodes, edges), NirDialect.named(dialect)));
      assertTrue(message.contains("nothing must reach the input"), message);
    }
  }

  /** HDF5 counts bytes. */
  @Test
  void shouldRefuseNamesThatAreTooLongForAFile(@TempDir Path folder) throws IOException {
    for (String letter : List.of("a", "ж")) {
      int most = 254 / letter.getBytes(StandardCharsets.UTF_8).length;
      NirGraph longest = named(letter.repeat(most));
      NirFiles.write(longest, folder.resolve("graph.nir"));
      String message =
          refusal(
              () -> {
                try {
                  NirFiles.write(named(letter.repeat(most + 1)), folder.resolve("graph.nir"));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertTrue(message.contains("at most 254 bytes in UTF-8"), message);
      assertEquals(longest, NirFiles.read(folder.resolve("graph.nir")));
    }
  }

  private static NirGraph named(String name) {
    Map<String, NirNode> nodes = new LinkedHashMap<>(passing(1).nodes());
    nodes.put(name, new NirWeights.Scale(NirTensor.full(new int[] {1}, 2)));
    List<NirGraph.Edge> edges =
        List.of(new NirGraph.Edge("input", name), new NirGraph.Edge(name, "output"));
    return new NirGraph(nodes, edges);
  }

  @Test
  void shouldRefuseMoreEdgesThanCanBePutInOrder() {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    List<NirGraph.Edge> edges = new ArrayList<>();
    nodes.put("input", new NirPlumbing.Input(1));
    nodes.put("output", new NirPlumbing.Output(1));
    for (int i = 0; i < 150; i++) {
      nodes.put("n" + i, new NirWeights.Scale(NirTensor.full(new int[] {1}, 1)));
    }
    for (int i = 0; i < 150; i++) {
      for (int j = 0; j < 150; j++) {
        edges.add(new NirGraph.Edge("n" + i, "n" + j));
      }
    }
    String message =
        refusal(() -> NirSimulation.of(new NirGraph(nodes, edges), NirDialect.exact()));
    assertTrue(message.contains("at most 20000 edges"), message);
  }

  @Test
  void shouldRefuseDelaysThatHoldMoreThanMemoryTogether() {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    List<NirGraph.Edge> edges = new ArrayList<>();
    nodes.put("input", new NirPlumbing.Input(100));
    String last = "input";
    NirTensor delay =
        NirTensor.full(new int[] {100}, (float) (1e-4 * NirPlumbing.Delay.MOST_STEPS));
    for (int i = 0; i < 3; i++) {
      nodes.put("delay" + i, new NirPlumbing.Delay(delay));
      edges.add(new NirGraph.Edge(last, "delay" + i));
      last = "delay" + i;
    }
    nodes.put("output", new NirPlumbing.Output(100));
    edges.add(new NirGraph.Edge(last, "output"));
    NirGraph graph = new NirGraph(nodes, edges);
    String message = refusal(() -> NirSimulation.of(graph, NirDialect.norse().withTimeStep(1e-4)));
    assertTrue(message.contains("delays of a graph must hold at most 268435456"), message);
  }

  /** Names against the order, and every node has a second source, the input. */
  @Test
  @Timeout(60)
  void shouldPutALongChainInOrder() {
    int length = 3000;
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    List<NirGraph.Edge> edges = new ArrayList<>();
    nodes.put("a", new NirPlumbing.Input(1));
    String before = "a";
    for (int i = length; i > 0; i--) {
      String name = String.format("n%05d", i);
      nodes.put(name, new NirWeights.Scale(NirTensor.full(new int[] {1}, 1)));
      edges.add(new NirGraph.Edge(before, name));
      if (!before.equals("a")) {
        edges.add(new NirGraph.Edge("a", name));
      }
      before = name;
    }
    nodes.put("z", new NirPlumbing.Output(1));
    edges.add(new NirGraph.Edge(before, "z"));
    List<String> order = FlatGraph.of(new NirGraph(nodes, edges)).order();
    assertEquals(List.of("a", "n03000", "n02999"), order.subList(0, 3));
  }

  @Test
  void shouldRefuseABiasOrGroupsThatDoNotFit() {
    NirTensor weight = NirTensor.full(new int[] {4, 3}, 1);
    NirTensor kernel = NirTensor.full(new int[] {3, 2, 3}, 1);
    NirTensor two = NirTensor.full(new int[] {2}, 1);
    NirTensor three = NirTensor.full(new int[] {3}, 1);
    NirWeights.Axis axis = new NirWeights.Axis(1, 0, 1);
    assertEquals(
        "bias must have 4 numbers, got tensor of shape [2]",
        refusal(() -> new NirWeights.Affine(weight, two)));
    assertEquals(
        "bias must have 4 numbers, got tensor of shape [2, 4]",
        refusal(() -> new NirWeights.Affine(weight, NirTensor.full(new int[] {2, 4}, 1))));
    assertEquals(
        "bias must have 3 numbers, got tensor of shape [2]",
        refusal(() -> new NirWeights.Conv1d(0, kernel, two, axis, 1)));
    assertEquals(
        "groups must divide the 3 output channels, got 2",
        refusal(() -> new NirWeights.Conv1d(0, kernel, three, axis, 2)));
  }

  @Test
  void shouldRefuseWeightsThatAreNotFinite() {
    NirTensor weight = NirTensor.of(new int[] {1, 2}, 1, Float.NaN);
    String message = refusal(() -> new NirWeights.Linear(weight));
    assertTrue(message.contains("weight must be finite, got NaN at index 1"), message);
  }

  @Test
  void shouldRefuseWeightsWithTooFewAxes() {
    NirTensor row = NirTensor.full(new int[] {3}, 1);
    NirTensor matrix = NirTensor.full(new int[] {3, 3}, 1);
    NirTensor cube = NirTensor.full(new int[] {3, 3, 3}, 1);
    NirWeights.Axis axis = new NirWeights.Axis(1, 0, 1);
    assertEquals(
        "weight must have at least 2 axes, got tensor of shape [3]",
        refusal(() -> new NirWeights.Linear(row)));
    assertEquals(
        "weight must have at least 2 axes, got tensor of shape [3]",
        refusal(() -> new NirWeights.Affine(row, row)));
    assertEquals(
        "weight must have 3 axes, got tensor of shape [3, 3]",
        refusal(() -> new NirWeights.Conv1d(0, matrix, row, axis, 1)));
    assertEquals(
        "weight must have 4 axes, got tensor of shape [3, 3, 3]",
        refusal(() -> new NirWeights.Conv2d(0, 0, cube, row, axis, axis, 1)));
  }

  @Test
  void shouldSayWhatSingleNumbersOfAGraphStandForTogether() {
    NirTensor one = NirTensor.full(new int[] {1}, 1);
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    List<NirGraph.Edge> edges = new ArrayList<>();
    nodes.put("input", new NirPlumbing.Input(64, 112, 112));
    String last = "input";
    for (int i = 0; i < 6; i++) {
      nodes.put("lif" + i, new NirNeurons.LIF(one, one, one, one, one));
      edges.add(new NirGraph.Edge(last, "lif" + i));
      last = "lif" + i;
    }
    NirGraph graph = new NirGraph(nodes, edges);
    assertEquals(
        "node lif4 (LIF): single numbers must stand for at most 16777216 parameters of neurons,"
            + " factors and delays in a graph, got 20070400 with 5 for each value of this input of"
            + " shape [64, 112, 112]",
        refusal(graph::joined));
  }

  @Test
  void shouldNotTakeSizesWhoseProductOverflows() {
    String message = refusal(() -> NirTensor.of(new int[] {65536, 65536, 65536, 65536}));
    assertTrue(message.contains("must be"), message);
  }

  @Test
  void shouldChangeNothingWhereAWindowIsRefused() {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    nodes.put("input", new NirPlumbing.Input(1));
    nodes.put("i", new NirNeurons.I(NirTensor.full(new int[] {1}, 1)));
    nodes.put("output", new NirPlumbing.Output(1));
    NirGraph graph =
        new NirGraph(
            nodes, List.of(new NirGraph.Edge("input", "i"), new NirGraph.Edge("i", "output")));
    NirSimulation simulation = NirSimulation.of(graph, NirDialect.exact().withTimeStep(1));
    refusal(() -> simulation.run(1, 1, Float.NaN));
    assertArrayEquals(new float[] {1}, simulation.run(1));
  }
}
