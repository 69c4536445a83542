package org.dl4jsnn.nir;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Nodes by name, and the edges between them. A node with several incoming edges receives their sum.
 * A graph may contain graphs and cycles, which carry a value from one step to the next. Immutable.
 *
 * <pre>{@code
 * NirGraph graph = NirFiles.read(file);
 * NirNode node = graph.nodes().get("fc1");
 * List<NirGraph.Edge> edges = graph.edges();
 * }</pre>
 *
 * @param nodes nodes by name, in file order
 * @param edges edges between nodes
 * @param metadata further texts in the file, by name
 */
public record NirGraph(Map<String, NirNode> nodes, List<Edge> edges, Map<String, String> metadata)
    implements NirNode {

  /**
   * A graph.
   *
   * @param nodes nodes by name
   * @param edges edges between nodes
   * @param metadata texts by name
   * @throws IllegalArgumentException if an edge names a missing node
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
   * @param nodes nodes by name
   * @param edges edges between nodes
   * @throws IllegalArgumentException if an edge names a missing node
   */
  public NirGraph(Map<String, NirNode> nodes, List<Edge> edges) {
    this(nodes, edges, Map.of());
  }

  /**
   * {@return the same graph with nested graphs flattened: their nodes are named {@code graph/node},
   * and their inputs and outputs become nodes that pass values on} Neurons, factors and delays that
   * are single numbers, of shape [] or [1], get the shape of their input.
   *
   * @throws NirRefusedException if a nested graph does not have exactly one input and one output, a
   *     name has a slash, or single numbers stand for too many neurons
   */
  public NirGraph joined() {
    return SingleNumbers.spread(JoinedNodes.of(this));
  }

  /**
   * {@return the output shapes of nodes per step, as far as they follow from the shapes of inputs:
   * sizes of axes by the names of {@link #joined()}, nearest to an input first} They need no
   * dialect. Nodes that do not fit their input, and nodes after them, have none.
   *
   * @throws NirRefusedException as {@link #joined()}
   */
  public Map<String, int[]> shapes() {
    return Collections.unmodifiableMap(SingleNumbers.shapes(JoinedNodes.of(this)));
  }

  /**
   * {@return the names, as in {@link #joined()}, of neurons with recurrent weights of their own: a
   * Linear or Affine that reads them alone, and that they alone read} snnTorch's reader takes these
   * for recurrent layers.
   *
   * @throws NirRefusedException as {@link #joined()}
   */
  public Set<String> recurrentNeurons() {
    NirGraph joined = JoinedNodes.of(this);
    Map<String, Set<String>> before = new HashMap<>();
    Map<String, Set<String>> after = new HashMap<>();
    for (NirGraph.Edge edge : joined.edges()) {
      before.computeIfAbsent(edge.to(), name -> new LinkedHashSet<>()).add(edge.from());
      after.computeIfAbsent(edge.from(), name -> new LinkedHashSet<>()).add(edge.to());
    }
    Set<String> found = new LinkedHashSet<>();
    joined
        .nodes()
        .forEach(
            (name, node) -> {
              Set<String> from = before.getOrDefault(name, Set.of());
              boolean areWeights =
                  node instanceof NirWeights.Linear || node instanceof NirWeights.Affine;
              if (areWeights && from.size() == 1 && from.equals(after.get(name))) {
                from.stream()
                    .filter(source -> joined.nodes().get(source) instanceof NirNeurons)
                    .forEach(found::add);
              }
            });
    return found;
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
   * @param from name of the source node
   * @param to name of the target node
   */
  public record Edge(String from, String to) {

    @Override
    public String toString() {
      return from + " → " + to;
    }
  }
}
