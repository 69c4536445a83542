package org.dl4jsnn.nir;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Finds neurons with recurrent weights of their own. */
final class RecurrentNeurons {

  private RecurrentNeurons() {}

  /**
   * Finds them.
   *
   * @param joined a graph without graphs in it
   * @return their names
   */
  static Set<String> of(NirGraph joined) {
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
}
