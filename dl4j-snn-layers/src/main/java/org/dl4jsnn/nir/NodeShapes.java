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
  private static final long MOST = 1L << 26;

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
    long count = 1;
    for (int size : shape) {
      count = size < 1 || count > MOST ? MOST + 1 : count * size;
    }
    numbers += count;
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
      return same(name, neurons.shape(), in);
    }
    if (node instanceof NirPlumbing.Delay delay) {
      return same(name, delay.delay().shape(), in);
    }
    if (node instanceof NirWeights.Scale scale) {
      return same(name, scale.scale().shape(), in);
    }
    if (node instanceof NirWeights.Affine affine) {
      return mapped(name, affine.weight(), in);
    }
    if (node instanceof NirWeights.Linear linear) {
      return mapped(name, linear.weight(), in);
    }
    if (node instanceof NirPlumbing.Flatten flatten) {
      return flattened(name, flatten, in);
    }
    if (node instanceof NirPlumbing.Input || node instanceof NirPlumbing.Output) {
      return in;
    }
    return windows(name, node, in);
  }

  private int[] same(String name, int[] own, int[] in) {
    if (!Arrays.equals(own, in)) {
      throw refusal(
          name,
          "must receive input of its own shape, " + Arrays.toString(own),
          Arrays.toString(in));
    }
    return own;
  }

  private int[] mapped(String name, NirTensor weight, int[] in) {
    int rank = weight.rank();
    int[] out = in.clone();
    boolean fits = in.length >= 1 && in[in.length - 1] == weight.size(rank - 1);
    // Parallel maps, or one for all rows.
    boolean sideBySide = rank > 2;
    if (sideBySide) {
      int[] maps = Arrays.copyOf(weight.shape(), rank - 2);
      fits &= Arrays.equals(maps, Arrays.copyOf(in, Math.max(0, in.length - 1)));
    }
    if (!fits) {
      throw refusal(
          name,
          "must receive input that fits its weight, " + weight,
          "shape " + Arrays.toString(in));
    }
    out[out.length - 1] = weight.size(rank - 2);
    return out;
  }

  private int[] flattened(String name, NirPlumbing.Flatten flatten, int[] in) {
    int start = flatten.startDim() < 0 ? in.length + flatten.startDim() : flatten.startDim();
    int end = flatten.endDim() < 0 ? in.length + flatten.endDim() : flatten.endDim();
    if (start < 0 || end < start || end >= in.length) {
      throw refusal(
          name,
          "must flatten axes of its input, " + Arrays.toString(in),
          "axes " + flatten.startDim() + " to " + flatten.endDim());
    }
    int[] out = new int[in.length - (end - start)];
    Arrays.fill(out, 1);
    for (int i = 0; i < in.length; i++) {
      int axis = i <= start ? i : i <= end ? start : i - (end - start);
      out[axis] = Math.multiplyExact(out[axis], in[i]);
    }
    return out;
  }

  private int[] windows(String name, NirNode node, int[] in) {
    StepWindows windows = StepWindows.of(node, in);
    if (windows == null) {
      throw refusal(
          name,
          "must receive channels and axes that fit its windows",
          "shape " + Arrays.toString(in));
    }
    return windows.outputShape();
  }
}
