package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any graph is read as it was written. */
class GraphRoundTripTest {

  private static final List<String> TYPES = NeuronShapes.TYPES.stream().sorted().toList();
  private static final int GRAPHS = 60 * Integer.getInteger("property.factor", 1);

  @TempDir private Path folder;

  private static LongStream seeds() {
    return LongStream.range(0, GRAPHS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldReadWhatItWrote(long seed) throws IOException {
    NirGraph graph = graph(new Random(seed), 2);
    Path file = folder.resolve("graph.nir");
    NirFiles.write(graph, file);
    assertEquals(graph, NirFiles.read(file));
    Files.delete(file);
  }

  private static NirGraph graph(Random random, int depth) {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    List<NirGraph.Edge> edges = new ArrayList<>();
    nodes.put("input", new NirPlumbing.Input(shape(random)));
    String last = "input";
    for (int i = 0; i <= random.nextInt(5); i++) {
      String name =
          List.of("lif", "a.b", "größe", "2", "with space").get(i % 5) + random.nextInt(9);
      nodes.put(
          name, depth > 0 && random.nextInt(6) == 0 ? graph(random, depth - 1) : node(random));
      edges.add(new NirGraph.Edge(last, name));
      last = name;
    }
    edges.add(new NirGraph.Edge(last, "input"));
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      metadata.put("key" + i, "τ = " + random.nextDouble() + "\n");
    }
    return new NirGraph(nodes, edges, metadata);
  }

  private static NirNode node(Random random) {
    int[] shape = shape(random);
    NirWeights.Axis rows = axis(random, random.nextBoolean());
    NirWeights.Axis columns = axis(random, rows.padding() == NirWeights.Axis.SAME);
    NirTensor bias = tensor(random, 4);
    return switch (random.nextInt(17)) {
      case 0 -> new NirPlumbing.Output(shape);
      case 1 -> new NirPlumbing.Flatten(random.nextBoolean() ? shape : new int[0], -2, 3);
      case 2 -> new NirPlumbing.SumPool2d(window(random), window(random));
      case 3 -> new NirPlumbing.AvgPool2d(window(random), window(random));
      case 4 -> new NirPlumbing.Delay(tensor(random, shape));
      case 5 -> new NirWeights.Affine(tensor(random, 4, 3), bias);
      case 6 -> new NirWeights.Linear(tensor(random, 2, 4, 3));
      case 7 -> new NirWeights.Scale(tensor(random, shape));
      case 8 -> new NirWeights.Conv1d(random.nextInt(9), tensor(random, 4, 1, 3), bias, rows, 2);
      case 9 -> new NirWeights.Conv2d(7, 9, tensor(random, 4, 1, 3, 2), bias, rows, columns, 1);
      default -> NeuronShapes.of(TYPES.get(random.nextInt(7)), name -> tensor(random, shape));
    };
  }

  private static NirWeights.Axis axis(Random random, boolean same) {
    return new NirWeights.Axis(
        1 + random.nextInt(3),
        same ? NirWeights.Axis.SAME : random.nextInt(3),
        1 + random.nextInt(3));
  }

  private static NirPlumbing.Window window(Random random) {
    return new NirPlumbing.Window(1 + random.nextInt(3), 1 + random.nextInt(3), random.nextInt(2));
  }

  private static int[] shape(Random random) {
    return random.ints(1 + random.nextInt(3), 1, 4).toArray();
  }

  /** Of numbers above 0, in either precision. */
  private static NirTensor tensor(Random random, int... shape) {
    double[] values = new double[StepNode.count(shape)];
    float[] singles = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.exp(random.nextGaussian());
      singles[i] = (float) values[i];
    }
    return random.nextBoolean() ? NirTensor.of(shape, singles) : NirTensor.ofDoubles(shape, values);
  }
}
