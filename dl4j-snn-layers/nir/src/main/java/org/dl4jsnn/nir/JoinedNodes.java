package org.dl4jsnn.nir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flattens nested graphs. */
final class JoinedNodes {

  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final List<NirGraph.Edge> edges = new ArrayList<>();

  private JoinedNodes() {}

  static NirGraph of(NirGraph graph) {
    JoinedNodes joined = new JoinedNodes();
    joined.add("", graph);
    return new NirGraph(joined.nodes, joined.edges, graph.metadata());
  }

  private void add(String prefix, NirGraph graph) {
    graph.nodes().forEach((name, node) -> add(prefix, name, node));
    for (NirGraph.Edge edge : graph.edges()) {
      String from = prefix + end(graph, edge.from(), NirPlumbing.Output.class);
      String to = prefix + end(graph, edge.to(), NirPlumbing.Input.class);
      edges.add(new NirGraph.Edge(from, to));
    }
  }

  private void add(String prefix, String name, NirNode node) {
    if (name.indexOf('/') >= 0) {
      throw new NirRefusedException(name, node, "a name must not contain a slash");
    }
    if (node instanceof NirGraph inner) {
      only(prefix + name, inner, NirPlumbing.Input.class);
      only(prefix + name, inner, NirPlumbing.Output.class);
      add(prefix + name + "/", inner);
    } else {
      nodes.put(prefix + name, node);
    }
  }

  /** The node at an end of an edge; for a graph, its output or input. */
  private static String end(NirGraph graph, String name, Class<?> type) {
    return graph.nodes().get(name) instanceof NirGraph inner
        ? name + "/" + only(name, inner, type)
        : name;
  }

  private static String only(String name, NirGraph graph, Class<?> type) {
    List<String> found =
        graph.nodes().entrySet().stream()
            .filter(entry -> type.isInstance(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (found.size() != 1) {
      throw new NirRefusedException(
          name,
          graph,
          "a graph in a graph must have one "
              + type.getSimpleName()
              + ", since edges do not say which one they mean, got "
              + found.size()
              + " "
              + found);
    }
    return found.get(0);
  }
}
