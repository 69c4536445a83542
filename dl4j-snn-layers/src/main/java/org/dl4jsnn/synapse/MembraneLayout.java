package org.dl4jsnn.synapse;

/**
 * Where the neurons of one sample lie in a membrane array: rows of contiguous neurons (channels
 * innermost), possibly surrounded by a border that takes up the current falling outside the layer,
 * so that no synapse needs a bounds check.
 *
 * @param rows number of rows
 * @param rowLength neurons of a row
 * @param rowStride distance of two rows' first neurons
 * @param origin index of the first neuron
 * @param size length of the membrane array
 */
public record MembraneLayout(int rows, int rowLength, int rowStride, int origin, int size) {

  /**
   * A single row without a border.
   *
   * @param neurons its length
   * @return the layout
   */
  public static MembraneLayout dense(int neurons) {
    return new MembraneLayout(1, neurons, neurons, 0, neurons);
  }
}
