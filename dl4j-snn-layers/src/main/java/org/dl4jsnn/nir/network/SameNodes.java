package org.dl4jsnn.nir.network;

import java.util.Arrays;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirWeights;

/** Whether nodes differ only in the numbers of their weights. */
final class SameNodes {

  private SameNodes() {}

  static boolean same(NirNode one, NirNode other) {
    if (one.getClass() != other.getClass()) {
      return false;
    }
    if (one instanceof NirGraph graph) {
      NirGraph found = (NirGraph) other;
      return graph.nodes().keySet().equals(found.nodes().keySet())
          && graph.nodes().keySet().stream()
              .filter(name -> isWeight(graph.nodes().get(name)))
              .allMatch(name -> same(graph.nodes().get(name), found.nodes().get(name)));
    }
    return Arrays.equals(WeightNodes.weight(one).shape(), WeightNodes.weight(other).shape());
  }

  private static boolean isWeight(NirNode node) {
    return node instanceof NirWeights;
  }
}
