package org.dl4jsnn.nir.network;

import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;

/** Nodes whose output is a membrane. */
final class Integrators {

  private Integrators() {}

  static boolean is(NirNode node) {
    return node instanceof NirNeurons.I
        || node instanceof NirNeurons.LI
        || node instanceof NirNeurons.CubaLI;
  }
}
