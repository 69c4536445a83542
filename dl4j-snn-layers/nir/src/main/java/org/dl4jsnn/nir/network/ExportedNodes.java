package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNode;

/** The nodes and edges added so far, and how their weights return to the network. */
final class ExportedNodes {

  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final Set<NirGraph.Edge> edges = new LinkedHashSet<>();
  private final Map<String, Consumer<NirNode>> readers = new LinkedHashMap<>();

  /**
   * Adds a node.
   *
   * @param wanted its name, unless already taken
   */
  String add(String wanted, NirNode node, List<String> sources) {
    // Files and programs reserve these.
    String name = wanted.replace('/', '_').replace('.', '_');
    while (nodes.containsKey(name)) {
      name += "_";
    }
    nodes.put(name, node);
    for (String source : sources) {
      edges.add(new NirGraph.Edge(source, name));
    }
    return name;
  }

  /** Adds an edge back to an existing node. */
  void addEdge(String from, String to) {
    edges.add(new NirGraph.Edge(from, to));
  }

  /** Notes how the weights of a node return. */
  void reads(String name, Consumer<NirNode> reader) {
    readers.put(name, reader);
  }

  Map<String, Consumer<NirNode>> readers() {
    return readers;
  }

  NirGraph graph(Map<String, String> metadata) {
    return new NirGraph(nodes, new ArrayList<>(edges), metadata);
  }

  /** The spikes of a network's part in a graph. */
  record Branch(List<String> sources, int[] shape) {

    static Branch of(String node, int... shape) {
      return new Branch(List.of(node), shape);
    }

    int length() {
      return Term.feature(shape).neurons();
    }

    int channels() {
      return shape[0];
    }
  }
}
