package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    return output(node, in).orElseThrow(() -> unfit(name, node, in));
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
        own(node)
            .map(own -> "must receive input of its own shape, " + Arrays.toString(own))
            .orElse("must receive channels and axes that fit its windows");
    return refusal(name, rule, shape);
  }

  /** A node's output for an input shape; empty if the input does not fit. */
  static Optional<int[]> output(NirNode node, int[] in) {
    if (node instanceof NirWeights.Affine affine) {
      return mapped(affine.weight(), in);
    }
    if (node instanceof NirWeights.Linear linear) {
      return mapped(linear.weight(), in);
    }
    if (node instanceof NirPlumbing.Flatten flatten) {
      return flattened(flatten, in);
    }
    if (node instanceof NirPlumbing.Input || node instanceof NirPlumbing.Output) {
      return Optional.of(in.clone());
    }
    Optional<int[]> own = own(node);
    return own.isPresent()
        ? own.filter(shape -> Arrays.equals(shape, in))
        : Optional.ofNullable(StepWindows.of(node, in)).map(StepWindows::outputShape);
  }

  /** The shape of neurons, delays and factors, whose input and output have it. */
  private static Optional<int[]> own(NirNode node) {
    if (node instanceof NirNeurons neurons) {
      return Optional.of(neurons.shape());
    }
    if (node instanceof NirPlumbing.Delay delay) {
      return Optional.of(delay.delay().shape());
    }
    return node instanceof NirWeights.Scale scale
        ? Optional.of(scale.scale().shape())
        : Optional.empty();
  }

  private static Optional<int[]> mapped(NirTensor weight, int[] in) {
    int rank = weight.rank();
    boolean fits = in.length >= 1 && in[in.length - 1] == weight.size(rank - 1);
    // Parallel maps, or one for all rows.
    boolean sideBySide = rank > 2;
    if (sideBySide) {
      int[] maps = Arrays.copyOf(weight.shape(), rank - 2);
      fits &= Arrays.equals(maps, Arrays.copyOf(in, Math.max(0, in.length - 1)));
    }
    if (!fits) {
      return Optional.empty();
    }
    int[] out = in.clone();
    out[out.length - 1] = weight.size(rank - 2);
    return Optional.of(out);
  }

  private static Optional<int[]> flattened(NirPlumbing.Flatten flatten, int[] in) {
    int start = flatten.startDim() < 0 ? in.length + flatten.startDim() : flatten.startDim();
    int end = flatten.endDim() < 0 ? in.length + flatten.endDim() : flatten.endDim();
    if (start < 0 || end < start || end >= in.length) {
      return Optional.empty();
    }
    int[] out = new int[in.length - (end - start)];
    Arrays.fill(out, 1);
    for (int i = 0; i < in.length; i++) {
      int axis = i <= start ? i : i <= end ? start : i - (end - start);
      out[axis] = Math.multiplyExact(out[axis], in[i]);
    }
    return Optional.of(out);
  }
}
