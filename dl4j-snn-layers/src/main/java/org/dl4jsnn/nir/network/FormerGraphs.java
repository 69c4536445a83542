package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;

/**
 * Graphs of earlier versions in today's form. They had recurrent neurons and their weights as a
 * nested graph of the nodes input, lif, w_rec and output, and no Output after a layer that another
 * layer reads.
 */
final class FormerGraphs {

  private static final String INPUT = "input";
  private static final String NEURONS = "lif";
  private static final String WEIGHTS = "w_rec";
  private static final String OUTPUT = "output";

  private static final Set<NirGraph.Edge> EDGES =
      Set.of(
          new NirGraph.Edge(INPUT, NEURONS),
          new NirGraph.Edge(NEURONS, WEIGHTS),
          new NirGraph.Edge(WEIGHTS, NEURONS),
          new NirGraph.Edge(NEURONS, OUTPUT));

  private FormerGraphs() {}

  /** The same graph with recurrent weights beside their neurons; other graphs stay as they are. */
  static NirGraph today(NirGraph graph) {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    Set<NirGraph.Edge> edges = new LinkedHashSet<>(graph.edges());
    graph
        .nodes()
        .forEach(
            (name, node) -> {
              String weights = name + RecurrentNodes.SUFFIX;
              if (!isRecurrent(node) || graph.nodes().containsKey(weights)) {
                nodes.put(name, node);
                return;
              }
              nodes.put(name, ((NirGraph) node).nodes().get(NEURONS));
              nodes.put(weights, ((NirGraph) node).nodes().get(WEIGHTS));
              edges.add(new NirGraph.Edge(name, weights));
              edges.add(new NirGraph.Edge(weights, name));
            });
    return new NirGraph(nodes, List.copyOf(edges), graph.metadata());
  }

  /** The outputs of layers that other layers also read; none in earlier versions. */
  static Set<String> outputs(NirGraph graph, Set<String> outputs) {
    long shown =
        graph.nodes().values().stream().filter(NirPlumbing.Output.class::isInstance).count();
    return shown < outputs.size() ? Set.of() : outputs;
  }

  private static boolean isRecurrent(NirNode node) {
    return node instanceof NirGraph inner
        && inner.nodes().size() == EDGES.size()
        && inner.nodes().get(INPUT) instanceof NirPlumbing.Input
        && inner.nodes().get(NEURONS) instanceof NirNeurons
        && inner.nodes().containsKey(WEIGHTS)
        && inner.nodes().get(OUTPUT) instanceof NirPlumbing.Output
        && Set.copyOf(inner.edges()).equals(EDGES);
  }
}
