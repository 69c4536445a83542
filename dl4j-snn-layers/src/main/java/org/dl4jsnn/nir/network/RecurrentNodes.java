package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/**
 * Recurrent neurons as snnTorch writes them: a graph of the nodes input, lif, w_rec and output,
 * with a cycle of lif and w_rec.
 *
 * @param oneToOne whether the weights are a diagonal
 * @param size the number of neurons
 */
record RecurrentNodes(boolean oneToOne, int size) {

  private static final String INPUT = "input";
  private static final String NEURONS = "lif";
  private static final String WEIGHTS = "w_rec";
  private static final String OUTPUT = "output";

  /** The graph of neurons and their weights, [from, to] or a diagonal. */
  NirGraph graph(NirNeurons neurons, float[] weights) {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    nodes.put(INPUT, new NirPlumbing.Input(size));
    nodes.put(NEURONS, neurons);
    nodes.put(WEIGHTS, weightNode(weights));
    nodes.put(OUTPUT, new NirPlumbing.Output(size));
    return new NirGraph(
        nodes,
        List.of(
            new NirGraph.Edge(INPUT, NEURONS),
            new NirGraph.Edge(NEURONS, WEIGHTS),
            new NirGraph.Edge(WEIGHTS, NEURONS),
            new NirGraph.Edge(NEURONS, OUTPUT)));
  }

  /** The weights alone, [from, to] or a diagonal. */
  NirNode weightNode(float[] weights) {
    return new NirWeights.Linear(NirTensor.of(new int[] {size, size}, rows(weights)));
  }

  /** The weights of such a graph in a layer's layout. */
  float[] weights(NirNode graph) {
    return ofWeightNode(((NirGraph) graph).nodes().get(WEIGHTS));
  }

  /** The weights of their node in a layer's layout. */
  float[] ofWeightNode(NirNode node) {
    NirWeights.Linear linear = (NirWeights.Linear) node;
    if (!oneToOne) {
      return Matrices.transposed(linear.weight().values(), size, size);
    }
    float[] diagonal = new float[size];
    for (int i = 0; i < size; i++) {
      diagonal[i] = linear.weight().get(i * size + i);
    }
    return diagonal;
  }

  private float[] rows(float[] weights) {
    if (!oneToOne) {
      return Matrices.transposed(weights, size, size);
    }
    float[] rows = new float[size * size];
    for (int i = 0; i < size; i++) {
      rows[i * size + i] = weights[i];
    }
    return rows;
  }
}
