package org.dl4jsnn.nir.network;

import java.util.Arrays;
import org.dl4jsnn.nir.NirNode;

/** Whether nodes differ only in the numbers of their weights. */
final class SameNodes {

  private SameNodes() {}

  static boolean same(NirNode one, NirNode other) {
    if (one.getClass() != other.getClass()) {
      return false;
    }
    return Arrays.equals(WeightNodes.weight(one).shape(), WeightNodes.weight(other).shape());
  }
}
