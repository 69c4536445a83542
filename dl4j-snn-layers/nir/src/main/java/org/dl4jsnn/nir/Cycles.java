package org.dl4jsnn.nir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes of a graph reach each other. The strongly connected components are found by two
 * searches in depth, against the edges and then along them (Kosaraju's algorithm), in time linear
 * in nodes and edges and without recursion, since chains may be long.
 */
final class Cycles {

  private final Map<String, Integer> componentOf = new HashMap<>();

  /**
   * Finds the components.
   *
   * @param sources for every node the nodes with an edge to it
   */
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
