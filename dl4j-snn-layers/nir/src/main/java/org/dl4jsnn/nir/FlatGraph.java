package org.dl4jsnn.nir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dl4jsnn.internal.Require;

/**
 * A graph with nested graphs flattened: their nodes are named {@code graph/node}, and their inputs
 * and outputs pass values on. Nodes are in their execution order within a step; some edges of
 * cycles carry the value of the previous step.
 *
 * <p>Nodes are tried in order of their names, starting at the input, and postponed until all their
 * sources have run. A source is not waited for if the node reaches it and has another source: its
 * edge carries the value of the previous step. This is the order of NIRTorch's interpreter, which
 * runs graphs for Norse, snnTorch and SpikingJelly.
 */
final class FlatGraph {

  /** Ordering nodes takes time that grows with the product of nodes and edges. */
  static final int MOST_EDGES = 20_000;

  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final Map<String, Set<String>> sources = new LinkedHashMap<>();
  private final List<String> order = new ArrayList<>();
  private String input;
  private String output;

  private FlatGraph() {}

  static FlatGraph of(NirGraph graph) {
    FlatGraph flat = new FlatGraph();
    NirGraph joined = graph.joined();
    flat.nodes.putAll(joined.nodes());
    joined.nodes().keySet().forEach(name -> flat.sources.put(name, new LinkedHashSet<>()));
    joined.edges().forEach(edge -> flat.sources.get(edge.to()).add(edge.from()));
    int edges = flat.sources.values().stream().mapToInt(Set::size).sum();
    if (edges > MOST_EDGES) {
      throw new IllegalArgumentException(
          "a graph must have at most " + MOST_EDGES + " edges to be ordered, got " + edges);
    }
    flat.input = flat.outermost(NirPlumbing.Input.class);
    flat.output = flat.outermost(NirPlumbing.Output.class);
    Set<String> before = flat.sources.get(flat.input);
    if (!before.isEmpty()) {
      throw new NirRefusedException(
          flat.input,
          flat.node(flat.input),
          "nothing must reach the input of a graph, got edges from " + before);
    }
    flat.arrange();
    return flat;
  }

  private String outermost(Class<?> type) {
    List<String> found =
        nodes.keySet().stream()
            .filter(name -> type.isInstance(nodes.get(name)) && name.indexOf('/') < 0)
            .toList();
    Require.not(
        found.size() != 1,
        "a graph must have one %s, got %s %s. Possible cause: a network with several inputs or"
            + " outputs",
        type.getSimpleName(),
        found.size(),
        found);
    return found.get(0);
  }

  private void arrange() {
    Cycles cycles = new Cycles(sources);
    Deque<String> waiting = new ArrayDeque<>(new TreeSet<>(nodes.keySet()));
    while (!waiting.peekFirst().equals(input())) {
      waiting.addLast(waiting.removeFirst());
    }
    Set<String> ran = new HashSet<>();
    int putOff = 0;
    while (!waiting.isEmpty()) {
      String name = waiting.removeFirst();
      if (isReady(name, ran, cycles)) {
        ran.add(name);
        order.add(name);
        putOff = 0;
      } else {
        waiting.addLast(name);
        if (++putOff > waiting.size()) {
          throw unreached(waiting);
        }
      }
    }
  }

  private NirRefusedException unreached(Deque<String> waiting) {
    String name = waiting.peekFirst();
    return new NirRefusedException(
        name,
        nodes.get(name),
        "the graph's input must reach every node, got " + waiting + " that it does not reach");
  }

  private boolean isReady(String name, Set<String> ran, Cycles cycles) {
    Set<String> reaching = sources.get(name);
    boolean isInput = name.equals(input());
    if (reaching.isEmpty() && !isInput) {
      return false;
    }
    Set<String> missing = new LinkedHashSet<>(reaching);
    missing.removeAll(ran);
    // Of the nodes of a cycle, one has a source outside it.
    boolean waits =
        missing.size() == reaching.size()
            || missing.stream()
                .anyMatch(source -> reaching.size() == 1 || !cycles.hold(name, source));
    return isInput || !waits;
  }

  /** Names of all nodes in execution order. */
  List<String> order() {
    return Collections.unmodifiableList(order);
  }

  NirNode node(String name) {
    return nodes.get(name);
  }

  /** The sources of a node, in the order of the edges. */
  List<String> sources(String name) {
    return List.copyOf(sources.get(name));
  }

  String input() {
    return input;
  }

  String output() {
    return output;
  }

  /**
   * Which nodes of a graph reach each other. The strongly connected components are found by two
   * searches in depth, against the edges and then along them (Kosaraju's algorithm), in time linear
   * in nodes and edges and without recursion, since chains may be long.
   */
  private static final class Cycles {

    private final Map<String, Integer> componentOf = new HashMap<>();

    Cycles(Map<String, Set<String>> sources) {
      Map<String, Set<String>> targets = new LinkedHashMap<>();
      sources.keySet().forEach(name -> targets.put(name, new LinkedHashSet<>()));
      sources.forEach((name, from) -> from.forEach(source -> targets.get(source).add(name)));
      List<String> finished = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (String name : sources.keySet()) {
        search(name, sources, seen, finished);
      }
      seen.clear();
      for (int i = finished.size() - 1; i >= 0; i--) {
        List<String> component = new ArrayList<>();
        search(finished.get(i), targets, seen, component);
        for (String member : component) {
          componentOf.put(member, i);
        }
      }
    }

    /** Searches in depth from a node; adds nodes once all that they lead to is seen. */
    private static void search(
        String from, Map<String, Set<String>> edges, Set<String> seen, List<String> finished) {
      if (!seen.add(from)) {
        return;
      }
      Deque<String> path = new ArrayDeque<>(List.of(from));
      Deque<Iterator<String>> rest = new ArrayDeque<>(List.of(edges.get(from).iterator()));
      while (!path.isEmpty()) {
        if (rest.peek().hasNext()) {
          String next = rest.peek().next();
          if (seen.add(next)) {
            path.push(next);
            rest.push(edges.get(next).iterator());
          }
        } else {
          finished.add(path.pop());
          rest.pop();
        }
      }
    }

    /** Whether two nodes reach each other, as on a cycle; a node reaches itself. */
    boolean hold(String one, String other) {
      return componentOf.get(one).equals(componentOf.get(other));
    }
  }
}
