package org.dl4jsnn.nir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes by name, and the edges between them. Where several edges reach a node, it is given their
 * sum. A graph may hold itself graphs, and cycles, which carry a value from one step to the next.
 * Immutable.
 *
 * @param nodes by name, in the order of the file
 * @param edges from node to node
 * @param metadata what else the file says of the graph: texts by name
 */
public record NirGraph(Map<String, NirNode> nodes, List<Edge> edges, Map<String, String> metadata)
    implements NirNode {

  /**
   * A graph.
   *
   * @param nodes by name
   * @param edges from node to node
   * @param metadata texts by name
   * @throws IllegalArgumentException if an edge names a node that is not there
   */
  public NirGraph {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    edges = List.copyOf(edges);
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    for (Edge edge : edges) {
      requireNode(nodes, edge.from(), edge);
      requireNode(nodes, edge.to(), edge);
    }
  }

  /**
   * A graph without metadata.
   *
   * @param nodes by name
   * @param edges from node to node
   * @throws IllegalArgumentException if an edge names a node that is not there
   */
  public NirGraph(Map<String, NirNode> nodes, List<Edge> edges) {
    this(nodes, edges, Map.of());
  }

  /**
   * The same graph without graphs in it: their nodes are called {@code graph/node}, and their
   * inputs and outputs are nodes that hand on what arrives.
   *
   * @return the graph
   * @throws NirRefusedException if a graph in it has not one input and one output, or a name has a
   *     slash
   */
  public NirGraph joined() {
    return JoinedNodes.of(this);
  }

  private static void requireNode(Map<String, NirNode> nodes, String name, Edge edge) {
    if (!nodes.containsKey(name)) {
      throw new IllegalArgumentException(
          "edges must join nodes of the graph " + nodes.keySet() + ", got " + edge);
    }
  }

  /**
   * An edge.
   *
   * @param from name of the node whose output it carries
   * @param to name of the node that it reaches
   */
  public record Edge(String from, String to) {

    @Override
    public String toString() {
      return from + " → " + to;
    }
  }
}
