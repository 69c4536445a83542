package org.dl4jsnn.nir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A graph without graphs in it: their nodes are named {@code graph/node}, and their inputs and
 * outputs hand on. Its nodes are in the order in which they run within a step, in which some edges
 * of cycles carry the value of the step before.
 *
 * <p>Nodes are tried in the order of their names, from the input on, and put off until all that
 * reaches them has run. A source that has not run, that the node itself reaches, and beside which
 * something else reaches the node, is not waited for: its edge carries the value of the step
 * before. This is the order of NIRTorch's interpreter, with which Norse, snnTorch and SpikingJelly
 * run graphs.
 */
final class FlatGraph {

  /** Putting nodes in order takes time with the square of the edges. */
  private static final int MOST_EDGES = 20_000;

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
          "a graph must have at most " + MOST_EDGES + " edges to be put in order, got " + edges);
    }
    flat.input = flat.outermost(NirPlumbing.Input.class);
    flat.output = flat.outermost(NirPlumbing.Output.class);
    flat.arrange();
    return flat;
  }

  private String outermost(Class<?> type) {
    List<String> found =
        nodes.keySet().stream()
            .filter(name -> type.isInstance(nodes.get(name)) && name.indexOf('/') < 0)
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "a graph must have one "
              + type.getSimpleName()
              + ", got "
              + found.size()
              + " "
              + found
              + ". Possible cause: a network of several inputs or outputs");
    }
    return found.get(0);
  }

  private void arrange() {
    Deque<String> waiting = new ArrayDeque<>(new TreeSet<>(nodes.keySet()));
    while (!waiting.peekFirst().equals(input())) {
      waiting.addLast(waiting.removeFirst());
    }
    Set<String> ran = new HashSet<>();
    int putOff = 0;
    while (!waiting.isEmpty()) {
      String name = waiting.removeFirst();
      if (isReady(name, ran)) {
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

  private boolean isReady(String name, Set<String> ran) {
    Set<String> reaching = sources.get(name);
    boolean isInput = name.equals(input());
    if (reaching.isEmpty() && !isInput) {
      return false;
    }
    Set<String> missing = new LinkedHashSet<>(reaching);
    missing.removeAll(ran);
    boolean waits =
        missing.stream().anyMatch(source -> reaching.size() == 1 || !reaches(name, source));
    return isInput || !waits;
  }

  private boolean reaches(String from, String to) {
    Set<String> seen = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(to));
    while (!next.isEmpty()) {
      String name = next.removeFirst();
      if (name.equals(from)) {
        return true;
      }
      if (seen.add(name)) {
        next.addAll(sources.get(name));
      }
    }
    return false;
  }

  /** Names of all nodes in the order in which they run. */
  List<String> order() {
    return Collections.unmodifiableList(order);
  }

  NirNode node(String name) {
    return nodes.get(name);
  }

  /** What reaches a node, in the order of the edges. */
  List<String> sources(String name) {
    return List.copyOf(sources.get(name));
  }

  String input() {
    return input;
  }

  String output() {
    return output;
  }
}
