package org.dl4jsnn.internal.product;

import java.nio.FloatBuffer;
import org.dl4jsnn.internal.kernel.MatrixKernel;
import org.dl4jsnn.internal.kernel.MatrixTask;
import org.dl4jsnn.internal.memory.Scratch;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * The left factor of a product in the order in which it is read: block of rows after block, term
 * after term, and the block's rows at that term. Surplus rows of the last block are undefined; they
 * only reach rows of the product that nobody reads.
 *
 * @param values the values
 * @param terms terms of a row
 * @param rows rows of a block
 * @param blocks number of blocks
 */
record LeftFactor(float[] values, int terms, int rows, int blocks) {

  /** The rows of a matrix in C order. */
  static LeftFactor rowsOf(
      FloatBuffer matrix, int rows, int columns, MatrixKernel kernel, Scratch scratch) {
    LeftFactor factor = of(rows, columns, kernel, scratch);
    ParallelSamples.run(
        factor.blocks,
        () -> {
          float[] row = new float[columns];
          return block -> {
            int first = block * factor.rows;
            for (int r = 0; r < Math.min(factor.rows, rows - first); r++) {
              matrix.get((first + r) * columns, row);
              int at = first * columns + r;
              for (int term = 0; term < columns; term++) {
                factor.values[at + term * factor.rows] = row[term];
              }
            }
          };
        });
    return factor;
  }

  /** The columns of a matrix in C order. */
  static LeftFactor columnsOf(
      FloatBuffer matrix, int rows, int columns, MatrixKernel kernel, Scratch scratch) {
    LeftFactor factor = of(columns, rows, kernel, scratch);
    ParallelSamples.run(
        rows,
        () -> {
          float[] row = new float[columns];
          return term -> {
            matrix.get(term * columns, row);
            for (int first = 0; first < columns; first += factor.rows) {
              int count = Math.min(factor.rows, columns - first);
              System.arraycopy(row, first, factor.values, first * rows + term * factor.rows, count);
            }
          };
        });
    return factor;
  }

  private static LeftFactor of(int rows, int terms, MatrixKernel kernel, Scratch scratch) {
    int blocks = (rows + kernel.rows() - 1) / kernel.rows();
    float[] values = scratch.floats(Math.multiplyExact(blocks * kernel.rows(), terms));
    return new LeftFactor(values, terms, kernel.rows(), blocks);
  }

  /** A task with this as its left factor, and panels of the kernel's width on the right. */
  MatrixTask task(MatrixKernel kernel) {
    MatrixTask task = new MatrixTask();
    task.a = values;
    task.aStep = rows;
    task.aRows = new int[rows];
    for (int row = 0; row < rows; row++) {
      task.aRows[row] = row;
    }
    task.bStep = kernel.columns();
    return task;
  }

  /** Makes a task read some terms of a block of rows. */
  void select(MatrixTask task, int block, int firstTerm, int count) {
    task.aStart = (block * terms + firstTerm) * rows;
    task.terms = count;
    task.run = count;
  }
}
