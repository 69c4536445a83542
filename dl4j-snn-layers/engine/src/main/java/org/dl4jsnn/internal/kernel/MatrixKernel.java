package org.dl4jsnn.internal.kernel;

/**
 * A block of a matrix product, {@link #rows} × {@link #columns}, held in registers over all terms
 * of its sums. A sum adds its terms in their order, each with one rounding (fused multiply-add).
 * Thread-safe.
 */
public interface MatrixKernel {

  /** Rows of a block. */
  int rows();

  /** Columns of a block. */
  int columns();

  /**
   * Multiplies.
   *
   * @param task the factors and where the product goes
   */
  void multiply(MatrixTask task);
}
