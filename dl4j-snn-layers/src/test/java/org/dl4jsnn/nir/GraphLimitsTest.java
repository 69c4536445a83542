package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    NirAxis axis = new NirAxis(1, 0, 1);
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
