package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The output shape of every node of a graph, starting from the graph's input. */
final class NodeShapes {

  /**
   * The most numbers that all nodes may output per step, so that a small file cannot take unlimited
   * memory.
   */
  static final long MOST = 1L << 26;

  private final FlatGraph graph;
  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private long numbers;

  private NodeShapes(FlatGraph graph) {
    this.graph = graph;
  }

  static NodeShapes of(FlatGraph graph) {
    NodeShapes shapes = new NodeShapes(graph);
    for (String name : graph.order()) {
      shapes.shapes.put(name, shapes.checked(name, shapes.output(name)));
    }
    graph.order().forEach(shapes::requireOneShape);
    return shapes;
  }

  private int[] checked(String name, int[] shape) {
    numbers += count(shape);
    if (numbers > MOST) {
      throw refusal(
          name,
          "axes must have a size of at least 1, and all nodes together at most "
              + MOST
              + " numbers",
          Arrays.toString(shape));
    }
    return shape;
  }

  /** The number of values in a shape; more than {@link #MOST} if an axis has none. */
  static long count(int[] shape) {
    long count = 1;
    for (int size : shape) {
      count = size < 1 || count > MOST ? MOST + 1 : count * size;
    }
    return count;
  }

  /** A node's output. */
  int[] of(String name) {
    return shapes.get(name).clone();
  }

  /** A node's input. */
  int[] into(String name) {
    for (String source : graph.sources(name)) {
      if (shapes.containsKey(source)) {
        return of(source);
      }
    }
    return ((NirPlumbing.Input) graph.node(name)).shape();
  }

  private void requireOneShape(String name) {
    for (String source : graph.sources(name)) {
      if (!Arrays.equals(of(source), into(name))) {
        throw refusal(
            name,
            "all inputs of a node must have one shape",
            Arrays.toString(into(name))
                + " and "
                + Arrays.toString(of(source))
                + " of node "
                + source);
      }
    }
  }

  private NirRefusedException refusal(String name, String rule, String got) {
    return new NirRefusedException(name, graph.node(name), rule + ", got " + got);
  }

  private int[] output(String name) {
    NirNode node = graph.node(name);
    int[] in = into(name);
    if (node instanceof NirNeurons neurons) {
      NeuronShapes.require(name, neurons);
    }
    return OutputShape.of(node, in).orElseThrow(() -> unfit(name, node, in));
  }

  private NirRefusedException unfit(String name, NirNode node, int[] in) {
    String shape = "shape " + Arrays.toString(in);
    if (node instanceof NirPlumbing.Flatten flatten) {
      return refusal(
          name,
          "must flatten axes of its input, " + Arrays.toString(in),
          "axes " + flatten.startDim() + " to " + flatten.endDim());
    }
    if (node instanceof NirWeights.Affine affine) {
      return refusal(name, "must receive input that fits its weight, " + affine.weight(), shape);
    }
    if (node instanceof NirWeights.Linear linear) {
      return refusal(name, "must receive input that fits its weight, " + linear.weight(), shape);
    }
    String rule =
        OutputShape.own(node)
            .map(own -> "must receive input of its own shape, " + Arrays.toString(own))
            .orElse("must receive channels and axes that fit its windows");
    return refusal(name, rule, shape);
  }
}
