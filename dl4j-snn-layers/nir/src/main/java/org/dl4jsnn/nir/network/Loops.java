package org.dl4jsnn.nir.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;

/**
 * Cycles from neurons through linear nodes back to the same neurons, as snnTorch and NIRTorch write
 * recurrent layers. They are removed from the graph; what remains must have no cycles, or it is
 * refused.
 */
final class Loops {

  private final Map<String, List<List<String>>> paths = new LinkedHashMap<>();

  Loops(JoinedGraph graph, Set<String> wanted, NirRefusals refusals) {
    for (String neurons : graph.all(NirNeurons.class)) {
      Set<String> loop = reached(neurons, graph::after, graph);
      loop.retainAll(reached(neurons, graph::before, graph));
      boolean isDirect = graph.after(neurons).contains(neurons);
      if (wanted.contains(neurons) && (isDirect || !loop.isEmpty())) {
        take(neurons, loop, graph, refusals);
      }
    }
    paths.values().forEach(all -> all.forEach(wanted::removeAll));
    Set<String> cyclic = new TreeSet<>(wanted);
    cyclic.removeAll(new LinkedHashSet<>(graph.sorted(wanted)));
    if (!cyclic.isEmpty()) {
      refusals.add(
          String.join(", ", cyclic),
          "cycles must lead from neurons back to the same neurons through linear nodes only, since "
              + "a layer can reach itself but no layer below; these nodes are in, or come after, "
              + "another cycle");
    }
  }

  /** Linear nodes that can be reached from neurons through linear nodes. */
  private static Set<String> reached(
      String start, Function<String, Set<String>> next, JoinedGraph graph) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (String each : next.apply(open.pop())) {
        if (!isStart(graph.node(each)) && found.add(each)) {
          open.push(each);
        }
      }
    }
    return found;
  }

  private static boolean isStart(NirNode node) {
    return node instanceof NirNeurons
        || node instanceof NirPlumbing.Input
        || node instanceof NirPlumbing.Output;
  }

  /** Follows every path of a loop, which must have no other entry or exit, and removes it. */
  private void take(String neurons, Set<String> loop, JoinedGraph graph, NirRefusals refusals) {
    for (String node : loop) {
      Set<String> in = new LinkedHashSet<>(graph.before(node));
      in.removeIf(each -> each.equals(neurons) || loop.contains(each));
      Set<String> out = new LinkedHashSet<>(graph.after(node));
      out.removeIf(each -> each.equals(neurons) || loop.contains(each));
      boolean isLine = graph.before(node).size() == 1 && graph.after(node).size() == 1;
      if (!in.isEmpty() || !out.isEmpty() || !isLine) {
        refusals.add(
            graph.named(node),
            "a node in a cycle must have one incoming and one outgoing edge, to be the recurrent "
                + "weights of '"
                + neurons
                + "' only, got edges from "
                + graph.before(node)
                + " to "
                + graph.after(node));
        return;
      }
    }
    for (String first : List.copyOf(graph.after(neurons))) {
      if (first.equals(neurons) || loop.contains(first)) {
        paths.computeIfAbsent(neurons, key -> new ArrayList<>()).add(follow(neurons, first, graph));
      }
    }
  }

  private static List<String> follow(String neurons, String first, JoinedGraph graph) {
    List<String> path = new ArrayList<>();
    String last = neurons;
    String node = first;
    while (!node.equals(neurons)) {
      graph.disjoin(last, node);
      path.add(node);
      last = node;
      node = graph.after(node).iterator().next();
    }
    graph.disjoin(last, neurons);
    return path;
  }

  /** The paths from neurons back to themselves, each as its linear nodes in order. */
  List<List<String>> of(String neurons) {
    return paths.getOrDefault(neurons, List.of());
  }
}
