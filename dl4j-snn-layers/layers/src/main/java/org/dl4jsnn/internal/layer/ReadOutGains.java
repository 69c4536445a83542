package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * G, the factor of the arriving currents in a {@link LeakyReadOutLayer}: G·(W·s + b). So the
 * gradients of W and b are G times those of the currents (equation 81 of docs/mathematics.md).
 *
 * @param gains one for all neurons, or one per neuron
 */
record ReadOutGains(double[] gains) {

  /** A parameter whose last axis counts the neurons, times the gains; outside of workspaces. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  INDArray times(INDArray parameter) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray product = parameter.dup('c');
      scale(product);
      return product;
    }
  }

  /** Multiplies a parameter, or its gradient, in place. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  void scale(INDArray parameter) {
    double[] each = gains;
    if (gains.length == 1) {
      each = new double[(int) parameter.size(-1)];
      Arrays.fill(each, gains[0]);
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray exact = Nd4j.createFromArray(each);
        INDArray factors = Nd4j.create(parameter.dataType(), exact.shape(), 'c').assign(exact)) {
      if (parameter.rank() == 1) {
        parameter.muli(factors);
      } else {
        parameter.muliRowVector(factors);
      }
    }
  }
}
