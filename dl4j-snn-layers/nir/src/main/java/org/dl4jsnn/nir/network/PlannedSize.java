package org.dl4jsnn.nir.network;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/**
 * How many numbers a plan may still hold: those of the graph, and a constant for weights that no
 * node has, so that a small file cannot take unlimited memory. The matrix of n neurons without
 * weights has n² numbers, for example.
 */
final class PlannedSize {

  /** The most numbers in addition to those of the graph. */
  static final long MORE = 1L << 24;

  /** The most values that all nodes may give per step. */
  private static final long MOST_VALUES = 1L << 26;

  /** The most terms that reach all nodes, which double where paths branch and meet again. */
  private static final long MOST_PATHS = 1L << 16;

  private final long most;
  private long weights;
  private long maps;
  private long values;
  private long paths;

  /** The size of a plan of a graph. */
  PlannedSize(JoinedGraph graph) {
    most = graph.nodes().values().stream().mapToLong(PlannedSize::numbers).sum() + MORE;
  }

  /** The numbers of a node. */
  private static long numbers(NirNode node) {
    if (node instanceof NirNeurons neurons) {
      return neurons.parameters().values().stream().mapToLong(NirTensor::length).sum();
    }
    if (node instanceof NirPlumbing.Delay delay) {
      return delay.delay().length();
    }
    if (node instanceof NirWeights.Scale scale) {
      return scale.scale().length();
    }
    return weights(node);
  }

  /** The weights of a linear node, and its bias. */
  static long weights(NirNode node) {
    if (!(node instanceof NirWeights) || node instanceof NirWeights.Scale) {
      return 0;
    }
    NirTensor weight = WeightNodes.weight(node);
    return (long) weight.length() + weight.size(0);
  }

  private static long numbers(LinearMap map) {
    if (map instanceof LinearMap.Dense dense) {
      return dense.weights().length;
    }
    if (map instanceof LinearMap.Kernel kernel) {
      return kernel.weights().length;
    }
    if (map instanceof LinearMap.Pooled pooled) {
      return pooled.factors().length;
    }
    return map instanceof LinearMap.Scaled scaled ? scaled.factors().length : 0;
  }

  /** The numbers of terms' maps. */
  static long numbers(Iterable<Term> terms) {
    long numbers = 0;
    for (Term term : terms) {
      numbers += numbers(term.map());
    }
    return numbers;
  }

  /** Takes the weights of a part. */
  void take(Part part) {
    if (part instanceof Part.Neurons neurons) {
      weights += numbers(neurons.map());
      weights += neurons.recurrent() == null ? 0 : neurons.recurrent().length;
    } else if (part instanceof Part.ReadOut readOut) {
      weights += numbers(readOut.map());
    }
    requireAtMost("weights of all layers together", weights, most);
  }

  /** Takes terms that reach a node, each of which has a map of its own behind it. */
  void takePaths(int count) {
    Require.not(
        paths + count > MOST_PATHS,
        "paths to all nodes must be at most %s, got %s. Possible cause: paths that branch and meet"
            + " again without neurons in between, which doubles them every time; NirSimulation"
            + " runs the graph",
        MOST_PATHS,
        paths + count);
    paths += count;
  }

  /**
   * Takes a node's output for a term, and what its map has in addition to the node's own numbers.
   *
   * @param first whether this is the node's first term; maps of others are copies
   */
  void take(NirNode node, Term term, boolean first) {
    maps += Math.max(0, numbers(term.map()) - (first ? numbers(node) : 0));
    requireAtMost("weights of linear nodes together", maps, most);
    take(term.shape());
  }

  /** Takes the values that a node gives. */
  void take(int[] shape) {
    long count = 1;
    for (int size : shape) {
      count = size < 1 || count > MOST_VALUES ? MOST_VALUES + 1 : count * size;
    }
    values += count;
    Require.not(
        values > MOST_VALUES,
        "axes must have a size of at least 1, and all nodes together at most %s values per step,"
            + " got shape %s",
        MOST_VALUES,
        Arrays.toString(shape));
  }

  /**
   * Refuses weights that are too many more than those from which they are made, before memory is
   * set aside for them.
   */
  static void require(long count, long given) {
    requireAtMost("weights", count, given + MORE);
  }

  /** Refuses a matrix that is too large. */
  static void requireMatrix(long rows, long columns, long given) {
    Require.not(
        rows > (given + MORE) / columns,
        "a matrix that no node holds must have at most %s weights, got %s × %s; NirSimulation runs"
            + " the graph without it",
        given + MORE,
        rows,
        columns);
  }

  private static void requireAtMost(String what, long count, long most) {
    Require.not(
        count > most,
        "%s must be at most %s numbers, %s more than nodes hold, got %s; NirSimulation runs the"
            + " graph without them",
        what,
        most,
        MORE,
        count);
  }
}
