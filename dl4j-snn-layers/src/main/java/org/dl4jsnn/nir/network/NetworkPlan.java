package org.dl4jsnn.nir.network;

import java.util.List;

/**
 * A network to be.
 *
 * @param parts in an order in which every one comes after those that it reads
 * @param outputs names of the parts that the graph's outputs give
 */
record NetworkPlan(List<Part> parts, List<String> outputs) {

  /** Whether every part reads the one before it, and the last is the only output. */
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
