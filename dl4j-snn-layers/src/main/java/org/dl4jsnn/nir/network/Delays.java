package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Kernel;

/** Nodes of delays as layers of delays. */
final class Delays {

  private Delays() {}

  /**
   * A delay behind a term: a layer that delays the term's spikes. Where there are weights in
   * between, they see the same spikes some steps later, so that the layer may stand in front of
   * them; a bias would begin at once, though, and delays of their own of what weights give are not
   * delays of spikes.
   *
   * @throws IllegalArgumentException if it does not map
   */
  static Term behind(
      Term term, String name, NirPlumbing.Delay node, double timeStep, PlannedParts parts) {
    if (!Arrays.equals(node.delay().shape(), term.shape())) {
      throw new IllegalArgumentException(
          "delays must have the shape of what reaches them, "
              + Arrays.toString(term.shape())
              + ", got "
              + Arrays.toString(node.delay().shape()));
    }
    List<Integer> steps = Arrays.stream(node.steps(timeStep)).boxed().toList();
    boolean isUniform = steps.stream().distinct().count() == 1;
    if (hasWeights(term.map()) && (!isUniform || hasBias(term.map()))) {
      throw new IllegalArgumentException(
          "delays must come after spikes, or after weights without a bias where they are all equal,"
              + " got "
              + (isUniform ? "weights with a bias" : "different delays after weights")
              + "; NirSimulation runs it");
    }
    // A layer has the node's name only where it gives what the node does.
    String part = term.isIdentity() && !parts.has(name) ? name : parts.unused(name);
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
