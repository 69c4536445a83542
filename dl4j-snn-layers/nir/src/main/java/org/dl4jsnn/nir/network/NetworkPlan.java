package org.dl4jsnn.nir.network;

import java.util.List;

/**
 * The plan of a network.
 *
 * @param parts the parts in topological order
 * @param outputs names of the parts that the graph's outputs come from
 */
record NetworkPlan(List<Part> parts, List<String> outputs) {

  /** Whether every part reads the previous one and the last is the only output. */
  boolean isChain() {
    for (int i = 0; i < parts.size(); i++) {
      List<String> expected = i == 0 ? List.of() : List.of(parts.get(i - 1).name());
      if (!parts.get(i).inputs().equals(expected)) {
        return false;
      }
    }
    return outputs.equals(List.of(parts.get(parts.size() - 1).name()));
  }
}
