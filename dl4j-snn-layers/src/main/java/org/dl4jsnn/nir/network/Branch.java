package org.dl4jsnn.nir.network;

import java.util.List;

/**
 * Spikes of a part of a network in a graph.
 *
 * @param sources nodes whose sum they are
 * @param shape of what the nodes give
 */
record Branch(List<String> sources, int[] shape) {

  static Branch of(String node, int... shape) {
    return new Branch(List.of(node), shape);
  }

  int length() {
    return Term.feature(shape).neurons();
  }

  int channels() {
    return shape[0];
  }
}
