package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Kernel;

/** Delay nodes as delay layers. */
final class Delays {

  private Delays() {}

  /**
   * A delay after a term: a layer that delays the term's spikes. If weights are in between, they
   * see the same spikes some steps later, so the layer may precede them; but a bias would start at
   * once, and different delays of the weights' outputs are not delays of spikes.
   *
   * @param isAlone whether no other term arrives at the node
   * @throws IllegalArgumentException if it cannot be converted
   */
  static Term behind(
      Term term,
      String name,
      NirPlumbing.Delay node,
      double timeStep,
      boolean isAlone,
      PlannedParts parts) {
    if (!Arrays.equals(node.delay().shape(), term.shape())) {
      throw new IllegalArgumentException(
          "delays must have the shape of their input, "
              + Arrays.toString(term.shape())
              + ", got "
              + Arrays.toString(node.delay().shape()));
    }
    List<Integer> steps = Arrays.stream(node.steps(timeStep)).boxed().toList();
    boolean isUniform = steps.stream().distinct().count() == 1;
    if (hasWeights(term.map()) && (!isUniform || hasBias(term.map()))) {
      throw new IllegalArgumentException(
          "delays must come after spikes, or be equal and come after weights without a bias, got "
              + (isUniform ? "weights with a bias" : "different delays after weights")
              + "; NirSimulation runs it");
    }
    // A layer gets the node's name only if its output equals the node's.
    boolean isNode = isAlone && term.isIdentity() && !parts.has(name);
    String part = isNode ? name : parts.unused(name);
    parts.add(new Part.Delay(part, term.part(), isUniform ? steps.subList(0, 1) : steps));
    return new Term(part, term.train(), term.shape(), term.map());
  }

  private static boolean hasWeights(LinearMap map) {
    return map instanceof Dense || map instanceof Kernel;
  }

  private static boolean hasBias(LinearMap map) {
    return map instanceof Dense dense && dense.bias() != null
        || map instanceof Kernel kernel && kernel.bias() != null;
  }
}
