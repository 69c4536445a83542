package org.dl4jsnn.nir.network;

import java.util.List;

/**
 * The spikes of a network's part in a graph.
 *
 * @param sources the nodes whose sum they are
 * @param shape the shape of the nodes' output
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
