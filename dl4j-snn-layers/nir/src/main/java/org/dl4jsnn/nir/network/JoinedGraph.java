package org.dl4jsnn.nir.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;

/**
 * A graph with nested graphs flattened: their nodes are named "graph/node", and their inputs and
 * outputs are removed.
 */
final class JoinedGraph {

  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final Map<String, Set<String>> before = new LinkedHashMap<>();
  private final Map<String, Set<String>> after = new LinkedHashMap<>();

  JoinedGraph(NirGraph graph) {
    NirGraph joined = graph.joined();
    for (String name : joined.nodes().keySet()) {
      nodes.put(name, joined.nodes().get(name));
      before.put(name, new LinkedHashSet<>());
      after.put(name, new LinkedHashSet<>());
    }
    joined.edges().forEach(edge -> join(edge.from(), edge.to()));
    joined.nodes().keySet().stream().filter(this::isDoor).forEach(this::takeOut);
  }

  /** Inputs and outputs of nested graphs, which pass values on. */
  private boolean isDoor(String name) {
    boolean handsOn =
        node(name) instanceof NirPlumbing.Input || node(name) instanceof NirPlumbing.Output;
    return handsOn && name.indexOf('/') >= 0;
  }

  private void join(String from, String to) {
    after.get(from).add(to);
    before.get(to).add(from);
  }

  private void takeOut(String door) {
    for (String source : before.get(door)) {
      for (String target : after.get(door)) {
        join(source, target);
      }
    }
    Set.copyOf(before.get(door)).forEach(source -> disjoin(source, door));
    Set.copyOf(after.get(door)).forEach(target -> disjoin(door, target));
    nodes.remove(door);
  }

  /** Removes an edge. */
  void disjoin(String from, String to) {
    after.get(from).remove(to);
    before.get(to).remove(from);
  }

  Map<String, NirNode> nodes() {
    return nodes;
  }

  /** A node's name in messages. */
  String named(String name) {
    return "node " + name + " (" + nodes.get(name).type() + ")";
  }

  NirNode node(String name) {
    return nodes.get(name);
  }

  Set<String> before(String name) {
    return before.get(name);
  }

  Set<String> after(String name) {
    return after.get(name);
  }

  /** The names of nodes of a kind. */
  List<String> all(Class<? extends NirNode> kind) {
    return nodes.entrySet().stream()
        .filter(each -> kind.isInstance(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The nodes on which any of these depend, including themselves. */
  Set<String> behind(List<String> ends) {
    Set<String> found = new LinkedHashSet<>(ends);
    Deque<String> open = new ArrayDeque<>(ends);
    while (!open.isEmpty()) {
      for (String source : before.get(open.pop())) {
        if (found.add(source)) {
          open.push(source);
        }
      }
    }
    return found;
  }

  /** Nodes in topological order, without those in cycles. */
  List<String> sorted(Set<String> wanted) {
    Map<String, Integer> missing = new LinkedHashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    for (String name : nodes.keySet()) {
      if (wanted.contains(name)) {
        missing.put(name, before.get(name).size());
        if (before.get(name).isEmpty()) {
          ready.add(name);
        }
      }
    }
    List<String> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      String name = ready.remove();
      sorted.add(name);
      for (String target : after.get(name)) {
        if (missing.containsKey(target) && missing.merge(target, -1, Integer::sum) == 0) {
          ready.add(target);
        }
      }
    }
    return sorted;
  }
}
