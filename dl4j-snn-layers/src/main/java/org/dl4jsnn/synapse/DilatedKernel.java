package org.dl4jsnn.synapse;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Spells out the zeros between the taps of a dilated kernel: ND4J's convolution operations refuse
 * dilation on the oneDNN natives. A kernel without dilation is passed through.
 */
final class DilatedKernel {

  private final Window2D window;
  private final boolean dilated;

  DilatedKernel(Window2D window) {
    this.window = window;
    this.dilated = window.rows().dilation() > 1 || window.columns().dilation() > 1;
  }

  /** The kernel with zeros between its taps. */
  INDArray expand(INDArray weights) {
    if (!dilated) {
      return weights;
    }
    INDArray expanded = zeros(weights);
    expanded.get(taps()).assign(weights);
    return expanded;
  }

  /** An array for the gradient of the expanded kernel, given that for the kernel's own. */
  INDArray gradientOf(INDArray gradient) {
    return dilated ? zeros(gradient) : gradient;
  }

  /** Copies the taps' gradient from that of the expanded kernel. */
  void contract(INDArray expandedGradient, INDArray gradient) {
    if (dilated) {
      gradient.assign(expandedGradient.get(taps()));
    }
  }

  private INDArray zeros(INDArray weights) {
    return Nd4j.create(
        weights.dataType(),
        weights.size(0),
        weights.size(1),
        window.rows().extent(),
        window.columns().extent());
  }

  private INDArrayIndex[] taps() {
    return new INDArrayIndex[] {
      NDArrayIndex.all(), NDArrayIndex.all(), taps(window.rows()), taps(window.columns())
    };
  }

  private static INDArrayIndex taps(Window2D.Axis axis) {
    return NDArrayIndex.interval(0, axis.dilation(), axis.extent());
  }
}
