package org.dl4jsnn.nir.network;

import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/**
 * The recurrent weights of neurons as a node, which is beside the neurons and has their name plus
 * {@link #SUFFIX}.
 *
 * @param oneToOne whether the weights are a diagonal
 * @param size the number of neurons
 */
record RecurrentNodes(boolean oneToOne, int size) {

  /** The end of the node's name. */
  static final String SUFFIX = "_w_rec";

  /** The node of weights, [from, to] or a diagonal. */
  NirNode node(float[] weights) {
    return new NirWeights.Linear(NirTensor.of(new int[] {size, size}, rows(weights)));
  }

  /** The weights of a node in a layer's layout. */
  float[] weights(NirNode node) {
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
