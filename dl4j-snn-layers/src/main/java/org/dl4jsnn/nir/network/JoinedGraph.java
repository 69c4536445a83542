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
 * A graph without graphs in it: nodes of a nested one are called "graph/node", and its inputs and
 * outputs are gone.
 */
final class JoinedGraph {

  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final Map<String, Set<String>> before = new LinkedHashMap<>();
  private final Map<String, Set<String>> after = new LinkedHashMap<>();

  /** Inputs and outputs of nested graphs, which hand on what arrives. */
  private final List<String> doors = new ArrayList<>();

  JoinedGraph(NirGraph graph, Refusals refusals) {
    add(graph, "", refusals);
    doors.forEach(this::takeOut);
  }

  private void add(NirGraph graph, String prefix, Refusals refusals) {
    graph.nodes().forEach((name, node) -> add(prefix + name, node, prefix, refusals));
    for (NirGraph.Edge edge : graph.edges()) {
      String from = prefix + edge.from();
      String to = prefix + edge.to();
      for (String source : doorsOf(graph.nodes().get(edge.from()), from, false)) {
        for (String target : doorsOf(graph.nodes().get(edge.to()), to, true)) {
          join(source, target);
        }
      }
    }
  }

  private void add(String name, NirNode node, String prefix, Refusals refusals) {
    if (node instanceof NirGraph nested) {
      for (boolean in : new boolean[] {true, false}) {
        List<String> found = doorsOf(nested, name, in);
        if (found.size() != 1) {
          refusals.add(
              "node " + name + " (NIRGraph)",
              "a graph in a graph must have one "
                  + (in ? "Input" : "Output")
                  + ", since edges do not say which they mean, got "
                  + found);
        }
      }
      add(nested, name + "/", refusals);
      return;
    }
    boolean isDoor = node instanceof NirPlumbing.Input || node instanceof NirPlumbing.Output;
    if (isDoor && !prefix.isEmpty()) {
      doors.add(name);
    }
    nodes.put(name, node);
    before.put(name, new LinkedHashSet<>());
    after.put(name, new LinkedHashSet<>());
  }

  /** The nodes that an edge to, or from, a node means. */
  private static List<String> doorsOf(NirNode node, String name, boolean in) {
    if (!(node instanceof NirGraph nested)) {
      return List.of(name);
    }
    Class<? extends NirPlumbing> kind = in ? NirPlumbing.Input.class : NirPlumbing.Output.class;
    return nested.nodes().entrySet().stream()
        .filter(each -> kind.isInstance(each.getValue()))
        .map(each -> name + "/" + each.getKey())
        .toList();
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

  /** Takes an edge away. */
  void disjoin(String from, String to) {
    after.get(from).remove(to);
    before.get(to).remove(from);
  }

  Map<String, NirNode> nodes() {
    return nodes;
  }

  /** A node as messages name it. */
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

  /** Names of a kind of node. */
  List<String> all(Class<? extends NirNode> kind) {
    return nodes.entrySet().stream()
        .filter(each -> kind.isInstance(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The nodes that something of these depends on, themselves included. */
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

  /** Nodes in an order in which every one comes after those before it; without those in cycles. */
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
