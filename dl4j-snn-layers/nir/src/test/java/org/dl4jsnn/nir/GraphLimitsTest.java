package org.dl4jsnn.nir;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.nir.network.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Graphs that claim much, and invalid numbers. */
class GraphLimitsTest {

  private static NirGraph passing(int... shape) {
    return new GraphBuilder()
        .node("input", new NirPlumbing.Input(shape))
        .node("output", new NirPlumbing.Output(shape), "input")
        .build();
  }

  @Test
  void shouldRefuseMoreNumbersThanASimulationMayTake() {
    assertRefused(
        "all nodes together at most 67108864 numbers",
        () -> NirSimulation.of(passing(16384, 16384), NirDialect.exact()));
    assertRefused(
        "all nodes together at most 67108864 numbers",
        () -> NirSimulation.of(passing(6144, 6144), NirDialect.exact()));
  }

  @Test
  void shouldRefuseAnEdgeIntoTheInput() {
    NirGraph graph =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(2), "output")
            .node("fc", GraphBuilder.linear(1, 3, 2), "input")
            .node("output", new NirPlumbing.Output(3), "fc")
            .build();
    for (String dialect : NirDialect.names()) {
      assertRefused(
          "nothing must reach the input", () -> NirSimulation.of(graph, NirDialect.named(dialect)));
    }
  }

  /** HDF5 counts bytes. */
  @Test
  void shouldRefuseNamesThatAreTooLongForAFile(@TempDir Path folder) throws IOException {
    for (String letter : List.of("a", "ж")) {
      int most = 254 / letter.getBytes(StandardCharsets.UTF_8).length;
      NirGraph longest = named(letter.repeat(most));
      NirFiles.write(longest, folder.resolve("graph.nir"));
      assertRefused(
          "at most 254 bytes in UTF-8",
          () -> {
            try {
              NirFiles.write(named(letter.repeat(most + 1)), folder.resolve("graph.nir"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertEquals(longest, NirFiles.read(folder.resolve("graph.nir")));
    }
  }

  private static NirGraph named(String name) {
    return new GraphBuilder()
        .node("input", new NirPlumbing.Input(1))
        .node(name, GraphBuilder.scale(2, 1), "input")
        .node("output", new NirPlumbing.Output(1), name)
        .build();
  }

  @Test
  void shouldRefuseMoreEdgesThanCanBePutInOrder() {
    GraphBuilder builder =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(1))
            .node("output", new NirPlumbing.Output(1));
    String[] all = IntStream.range(0, 150).mapToObj(i -> "n" + i).toArray(String[]::new);
    for (String name : all) {
      builder.node(name, GraphBuilder.scale(1, 1), all);
    }
    assertRefused(
        "at most 20000 edges", () -> NirSimulation.of(builder.build(), NirDialect.exact()));
  }

  @Test
  void shouldRefuseDelaysThatHoldMoreThanMemoryTogether() {
    float longest = (float) (1e-4 * NirPlumbing.Delay.MOST_STEPS);
    NirNode delay = new NirPlumbing.Delay(NirTensor.full(new int[] {100}, longest));
    NirGraph graph =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(100))
            .node("delay0", delay, "input")
            .node("delay1", delay, "delay0")
            .node("delay2", delay, "delay1")
            .node("output", new NirPlumbing.Output(100), "delay2")
            .build();
    assertRefused(
        "delays of a graph must hold at most 268435456",
        () -> NirSimulation.of(graph, NirDialect.norse().withTimeStep(1e-4)));
  }

  /** Names against the order, and every node has a second source, the input. */
  @Test
  @Timeout(60)
  void shouldPutALongChainInOrder() {
    GraphBuilder builder = new GraphBuilder().node("a", new NirPlumbing.Input(1));
    String before = "a";
    for (int i = 3000; i > 0; i--) {
      String name = String.format("n%05d", i);
      builder.node(name, GraphBuilder.scale(1, 1), before);
      if (!before.equals("a")) {
        builder.edge("a", name);
      }
      before = name;
    }
    builder.node("z", new NirPlumbing.Output(1), before);
    List<String> order = FlatGraph.of(builder.build()).order();
    assertEquals(List.of("a", "n03000", "n02999"), order.subList(0, 3));
  }

  @Test
  void shouldRefuseABiasOrGroupsThatDoNotFit() {
    NirTensor weight = NirTensor.full(new int[] {4, 3}, 1);
    NirTensor kernel = NirTensor.full(new int[] {3, 2, 3}, 1);
    NirTensor two = NirTensor.full(new int[] {2}, 1);
    NirTensor three = NirTensor.full(new int[] {3}, 1);
    NirWeights.Axis axis = new NirWeights.Axis(1, 0, 1);
    assertMessage(
        "bias must have 4 numbers, got tensor of shape [2]",
        () -> new NirWeights.Affine(weight, two));
    assertMessage(
        "bias must have 4 numbers, got tensor of shape [2, 4]",
        () -> new NirWeights.Affine(weight, NirTensor.full(new int[] {2, 4}, 1)));
    assertMessage(
        "bias must have 3 numbers, got tensor of shape [2]",
        () -> new NirWeights.Conv1d(0, kernel, two, axis, 1));
    assertMessage(
        "groups must divide the 3 output channels, got 2",
        () -> new NirWeights.Conv1d(0, kernel, three, axis, 2));
  }

  @Test
  void shouldRefuseWeightsThatAreNotFinite() {
    NirTensor weight = NirTensor.of(new int[] {1, 2}, 1, Float.NaN);
    assertRefused("weight must be finite, got NaN at index 1", () -> new NirWeights.Linear(weight));
  }

  @Test
  void shouldRefuseWeightsWithTooFewAxes() {
    NirTensor row = NirTensor.full(new int[] {3}, 1);
    NirTensor matrix = NirTensor.full(new int[] {3, 3}, 1);
    NirTensor cube = NirTensor.full(new int[] {3, 3, 3}, 1);
    NirWeights.Axis axis = new NirWeights.Axis(1, 0, 1);
    assertMessage(
        "weight must have at least 2 axes, got tensor of shape [3]",
        () -> new NirWeights.Linear(row));
    assertMessage(
        "weight must have at least 2 axes, got tensor of shape [3]",
        () -> new NirWeights.Affine(row, row));
    assertMessage(
        "weight must have 3 axes, got tensor of shape [3, 3]",
        () -> new NirWeights.Conv1d(0, matrix, row, axis, 1));
    assertMessage(
        "weight must have 4 axes, got tensor of shape [3, 3, 3]",
        () -> new NirWeights.Conv2d(0, 0, cube, row, axis, axis, 1));
  }

  @Test
  void shouldSayWhatSingleNumbersOfAGraphStandForTogether() {
    GraphBuilder builder = new GraphBuilder().node("input", new NirPlumbing.Input(64, 112, 112));
    NirTensor one = NirTensor.full(new int[] {1}, 1);
    String last = "input";
    for (int i = 0; i < 6; i++) {
      builder.node("lif" + i, new NirNeurons.LIF(one, one, one, one, one), last);
      last = "lif" + i;
    }
    assertMessage(
        "node lif4 (LIF): single numbers must stand for at most 16777216 parameters of neurons,"
            + " factors and delays in a graph, got 20070400 with 5 for each value of this input of"
            + " shape [64, 112, 112]",
        builder.build()::joined);
  }

  @Test
  void shouldNotTakeSizesWhoseProductOverflows() {
    assertRefused("must be", () -> NirTensor.of(new int[] {65536, 65536, 65536, 65536}));
  }

  @Test
  void shouldChangeNothingWhereAWindowIsRefused() {
    NirGraph graph =
        GraphBuilder.chain(
            new NirPlumbing.Input(1),
            new NirNeurons.I(NirTensor.full(new int[] {1}, 1)),
            new NirPlumbing.Output(1));
    NirSimulation simulation = NirSimulation.of(graph, NirDialect.exact().withTimeStep(1));
    refused(() -> simulation.run(1, 1, Float.NaN));
    assertArrayEquals(new float[] {1}, simulation.run(1));
  }

  @Test
  void shouldFillAnyShapeThatAnArrayHolds() {
    assertArrayEquals(new int[] {2, 3}, NirTensor.full(new int[] {2, 3}, 0.5f).shape());
    assertArrayEquals(new int[0], NirTensor.full(new int[0], 0.5f).shape());
    assertMessage(
        "shape of a tensor must hold at most 2147483647 values, got [65536, 65536, 65536, 65536]",
        () -> NirTensor.full(new int[] {65536, 65536, 65536, 65536}, 1));
    assertMessage(
        "size of an axis must be a whole number of at least 1, got 0",
        () -> NirTensor.full(new int[] {2, 0}, 1));
  }
}
