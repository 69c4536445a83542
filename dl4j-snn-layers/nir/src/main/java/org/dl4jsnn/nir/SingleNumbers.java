package org.dl4jsnn.nir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives neurons, factors and delays that are single numbers, of shape [] or [1], the shape of their
 * input: programs whose neurons share their parameters export them so, and broadcast them when they
 * run the graph. Nodes whose input has no known shape stay as they are.
 */
final class SingleNumbers {

  /** The most numbers that single numbers may become, so that a small file takes little memory. */
  private static final long MOST = 1L << 24;

  private final Map<String, NirNode> nodes;
  private final Map<String, List<String>> targets = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private long numbers;

  private SingleNumbers(NirGraph graph) {
    nodes = new LinkedHashMap<>(graph.nodes());
    nodes.keySet().forEach(name -> targets.put(name, new ArrayList<>()));
    Set<String> reached = new HashSet<>();
    for (NirGraph.Edge edge : graph.edges()) {
      targets.get(edge.from()).add(edge.to());
      reached.add(edge.to());
    }
    for (Map.Entry<String, NirNode> node : graph.nodes().entrySet()) {
      if (node.getValue() instanceof NirPlumbing.Input input && !reached.contains(node.getKey())) {
        visit(node.getKey(), input.shape());
      }
    }
    while (!open.isEmpty()) {
      String name = open.remove();
      targets.get(name).forEach(target -> visit(target, shapes.get(name)));
    }
  }

  /** The shape that each node outputs, if it is known. */
  static Map<String, int[]> shapes(NirGraph graph) {
    return new SingleNumbers(graph).shapes;
  }

  /** The same graph with full shapes. */
  static NirGraph spread(NirGraph graph) {
    boolean has = graph.nodes().values().stream().anyMatch(SingleNumbers::isSingle);
    return has
        ? new NirGraph(new SingleNumbers(graph).nodes, graph.edges(), graph.metadata())
        : graph;
  }

  private void visit(String name, int[] in) {
    if (!seen.add(name)) {
      return;
    }
    NirNode node = nodes.get(name);
    if (isSingle(node) && in.length > 0) {
      node = withShape(name, node, in);
      nodes.put(name, node);
    }
    NodeShapes.output(node, in)
        .filter(shape -> NodeShapes.count(shape) <= NodeShapes.MOST)
        .ifPresent(
            shape -> {
              shapes.put(name, shape);
              open.add(name);
            });
  }

  private static boolean isSingle(NirNode node) {
    if (node instanceof NirNeurons neurons) {
      return neurons.parameters().values().stream().allMatch(SingleNumbers::isSingle);
    }
    if (node instanceof NirPlumbing.Delay delay) {
      return isSingle(delay.delay());
    }
    return node instanceof NirWeights.Scale scale && isSingle(scale.scale());
  }

  private static boolean isSingle(NirTensor tensor) {
    return tensor.rank() < 2 && tensor.length() == 1;
  }

  private NirNode withShape(String name, NirNode node, int[] shape) {
    long parameters = node instanceof NirNeurons neurons ? neurons.parameters().size() : 1;
    numbers += NodeShapes.count(shape) * parameters;
    if (numbers > MOST) {
      throw new NirRefusedException(
          name,
          node,
          "single numbers must stand for at most "
              + MOST
              + " parameters of neurons, factors and delays in a graph, got "
              + numbers
              + " with "
              + parameters
              + " for each value of this input of shape "
              + Arrays.toString(shape));
    }
    if (node instanceof NirNeurons neurons) {
      Map<String, NirTensor> spread = new LinkedHashMap<>();
      neurons.parameters().forEach((key, one) -> spread.put(key, one.spread(shape)));
      return NirNeurons.of(neurons.type(), spread);
    }
    return node instanceof NirPlumbing.Delay delay
        ? new NirPlumbing.Delay(delay.delay().spread(shape))
        : new NirWeights.Scale(((NirWeights.Scale) node).scale().spread(shape));
  }
}
