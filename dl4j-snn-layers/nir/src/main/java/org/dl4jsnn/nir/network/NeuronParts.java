package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Pooled;

/** Neuron nodes and their inputs as parts. */
record NeuronParts(JoinedGraph graph, Loops loops, LayerDialect dialect, PlannedParts parts) {

  /** Spiking neurons. */
  Part firing(String name, NirNeurons node, List<Term> terms) {
    Term term = parts.summed(name, terms);
    requireShape(node, term);
    NeuronDynamics dynamics = dialect.firing(name, node);
    Dense recurrent = recurrent(name, node);
    if (term.map() instanceof Pooled pooled && pooled.average()) {
      return new Part.Neurons(name, term.part(), pooled, dynamics, null, false);
    }
    boolean isRow = node.shape().length == 2;
    if (recurrent == null) {
      LinearMap map = node.shape().length == 1 ? Composition.dense(term) : TermSum.kernel(term);
      return new Part.Neurons(name, term.part(), map, dynamics, null, isRow);
    }
    Dense map = Composition.dense(term).plus(recurrent.bias());
    return new Part.Neurons(name, term.part(), map, dynamics, recurrent.weights(), isRow);
  }

  private static void requireShape(NirNeurons node, Term term) {
    Require.not(
        !Arrays.equals(node.shape(), term.shape()),
        "neurons must have the shape of their input, %s, got %s",
        Arrays.toString(term.shape()),
        Arrays.toString(node.shape()));
  }

  /** Weights from a layer to itself; null for none. */
  private Dense recurrent(String name, NirNeurons node) {
    Dense sum = null;
    for (List<String> path : loops.of(name)) {
      if (node.shape().length != 1) {
        throw new IllegalArgumentException(
            "recurrent neurons must be [n], got " + Arrays.toString(node.shape()));
      }
      Term term = Term.of(name, node.shape());
      for (String each : path) {
        term = LinearNodes.behind(term, each, graph.node(each), true);
      }
      requireShape(node, term);
      Dense map = Composition.dense(term);
      Require.not(
          map.bias() != null && !dialect.beginsWithBias(),
          "recurrent weights must be without a bias in the dialect %s, which, unlike a layer, adds"
              + " it only from the second step, got %s",
          dialect.name(),
          path);
      sum = sum == null ? map : sum.plus(map);
    }
    return sum;
  }

  /** Integrators, which only an output may follow. */
  Part integrators(String name, NirNeurons node, List<Term> terms) {
    Require.not(!loops.of(name).isEmpty(), "integrators must not be recurrent");
    Term term = parts.withoutPooling(parts.summed(name, terms));
    requireShape(node, term);
    Integrating integrating = Integrating.of(name, node, dialect);
    return new Part.ReadOut(name, term.part(), Composition.dense(term), integrating);
  }
}
