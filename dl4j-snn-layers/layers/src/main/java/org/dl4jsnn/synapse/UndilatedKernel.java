package org.dl4jsnn.synapse;

import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A kernel without dilation: the zeros between the taps are written out. ND4J's convolution
 * operations take it on every backend: the oneDNN natives refuse dilation. They also need equal
 * padding on both sides, since their own same padding fails if the stride is larger than the
 * kernel; if it is one longer at the end, a zero before the first tap evens it out. Other kernels
 * are passed through.
 */
final class UndilatedKernel {

  private final Side rows;
  private final Side columns;

  /**
   * The kernel of a window.
   *
   * @param isEven whether padding must be equal on both sides
   */
  UndilatedKernel(Window2D window, FeatureShape input, boolean isEven) {
    rows = Side.of(window.rows(), input.height(), isEven);
    columns = Side.of(window.columns(), input.width(), isEven);
  }

  /**
   * One axis of the kernel.
   *
   * @param lead zeros before the first tap, 0 or 1
   * @param step distance between taps
   * @param extent length of the kernel
   * @param padding zeros before the input
   * @param paddingAfter zeros after it
   */
  record Side(int lead, int step, int extent, int padding, int paddingAfter) {

    static Side of(Window2D.Axis axis, int input, boolean isEven) {
      int before = axis.paddingBefore(input);
      int after = axis.paddingAfter(input);
      int lead = isEven ? after - before : 0;
      return new Side(lead, axis.dilation(), lead + axis.extent(), before + lead, after);
    }

    boolean isPlain() {
      return lead == 0 && step == 1;
    }

    INDArrayIndex taps() {
      return extent - lead == 1
          ? NDArrayIndex.interval(lead, extent)
          : NDArrayIndex.interval(lead, step, extent);
    }
  }

  Side rows() {
    return rows;
  }

  Side columns() {
    return columns;
  }

  private boolean isPlain() {
    return rows.isPlain() && columns.isPlain();
  }

  /** The kernel with its zeros. */
  INDArray expand(INDArray weights) {
    if (isPlain()) {
      return weights;
    }
    INDArray expanded = zeros(weights);
    expanded.get(taps()).assign(weights);
    return expanded;
  }

  /**
   * An array for the gradient of the expanded kernel, given the array for the kernel's gradient.
   */
  INDArray gradientOf(INDArray gradient) {
    return isPlain() ? gradient : zeros(gradient);
  }

  /** Copies the taps' gradient from the gradient of the expanded kernel. */
  void contract(INDArray expandedGradient, INDArray gradient) {
    if (!isPlain()) {
      gradient.assign(expandedGradient.get(taps()));
    }
  }

  private INDArray zeros(INDArray weights) {
    return Nd4j.create(
        weights.dataType(), weights.size(0), weights.size(1), rows.extent, columns.extent);
  }

  private INDArrayIndex[] taps() {
    return new INDArrayIndex[] {
      NDArrayIndex.all(), NDArrayIndex.all(), rows.taps(), columns.taps()
    };
  }
}
