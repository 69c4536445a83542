package org.dl4jsnn.internal.product;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.MatrixKernel;
import org.dl4jsnn.internal.kernel.MatrixTask;
import org.dl4jsnn.internal.kernel.OwnLoops;
import org.dl4jsnn.internal.kernel.PanelKernel;
import org.dl4jsnn.internal.memory.Scratch;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * The products of a fully connected layer: its currents, and the gradients of its input and of its
 * weights. Matrices are in C order: input [minibatch, inputs], output [minibatch, outputs], weights
 * [inputs, outputs].
 *
 * <p>Results are bit-identical for any number of threads and any vector width. A sum adds its terms
 * in their order, {@value #TERMS} at a time, and then these sums in their order.
 */
public final class DenseProducts {

  /** Terms that are multiplied at once: their part of the right factor fits a near cache. */
  private static final int TERMS = 256;

  /** Blocks of rows that are multiplied by a panel before they are written. */
  private static final int BLOCKS = 128;

  private final int inputs;
  private final int outputs;
  private final MatrixKernel kernel;
  private final PanelKernel panels;
  private final int width;

  private DenseProducts(int inputs, int outputs, DenseKernels kernels) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernels.matrix();
    this.panels = kernels.panels();
    this.width = kernel.columns();
  }

  /**
   * The products of a layer.
   *
   * @return the products; empty if these kernels have none, or if ND4J's are wanted
   * @throws IllegalArgumentException if the system property is invalid
   */
  public static Optional<DenseProducts> of(int inputs, int outputs, KernelProvider kernels) {
    return OwnLoops.PRODUCTS.areWanted()
        ? kernels.denseKernels().map(dense -> new DenseProducts(inputs, outputs, dense))
        : Optional.empty();
  }

  /**
   * The currents: input · weights.
   *
   * @param output where to write the product
   */
  public void forward(FloatBuffer input, int samples, FloatBuffer weights, FloatBuffer output) {
    try (Scratch scratch = new Scratch()) {
      LeftFactor left = LeftFactor.rowsOf(input, samples, inputs, kernel, scratch);
      PanelReader reader =
          (first, count, firstTerm, terms, panel) -> {
            for (int term = 0; term < terms; term++) {
              weights.get((firstTerm + term) * outputs + first, panel, term * width, count);
            }
          };
      multiply(left, () -> reader, samples, outputs, output, scratch);
    }
  }

  /**
   * The gradient of the input: gradient · weightsᵀ.
   *
   * @param inputGradient where to write the product
   */
  public void backward(
      FloatBuffer gradient, int samples, FloatBuffer weights, FloatBuffer inputGradient) {
    try (Scratch scratch = new Scratch()) {
      LeftFactor left = LeftFactor.rowsOf(gradient, samples, outputs, kernel, scratch);
      Supplier<PanelReader> newReader =
          () -> {
            float[] row = new float[TERMS];
            return (first, count, firstTerm, terms, panel) -> {
              for (int column = 0; column < count; column++) {
                weights.get((first + column) * outputs + firstTerm, row, 0, terms);
                panels.spread(row, 0, terms, panel, column);
              }
            };
          };
      multiply(left, newReader, samples, inputs, inputGradient, scratch);
    }
  }

  /** Reads a panel of the right factor. */
  @FunctionalInterface
  private interface PanelReader {

    /**
     * Reads some terms.
     *
     * @param panel where to write them, [term, column of the panel]
     */
    void read(int first, int count, int firstTerm, int terms, float[] panel);
  }

  /**
   * A product whose right factor is read panel by panel: once, unless there are so many rows that
   * the product of a panel would need too much memory per thread.
   */
  private void multiply(
      LeftFactor left,
      Supplier<PanelReader> newReader,
      int rows,
      int columns,
      FloatBuffer product,
      Scratch scratch) {
    ParallelSamples.run(
        panels(columns),
        () -> {
          PanelReader reader = newReader.get();
          float[] panel = scratch.floats(TERMS * width);
          int mostRows = Math.min(BLOCKS, left.blocks()) * kernel.rows();
          float[] sums = scratch.floats(mostRows * width);
          MatrixTask task = left.task(kernel);
          task.b = panel;
          task.c = sums;
          task.cRow = width;
          return at -> {
            int first = at * width;
            int count = Math.min(width, columns - first);
            for (int block = 0; block < left.blocks(); block += BLOCKS) {
              int blocks = Math.min(BLOCKS, left.blocks() - block);
              for (int term = 0; term < left.terms(); term += TERMS) {
                int terms = Math.min(TERMS, left.terms() - term);
                reader.read(first, count, term, terms, panel);
                task.add = term > 0;
                for (int i = 0; i < blocks; i++) {
                  left.select(task, block + i, term, terms);
                  task.cStart = i * kernel.rows() * width;
                  kernel.multiply(task);
                }
              }
              int firstRow = block * kernel.rows();
              for (int row = 0; row < Math.min(blocks * kernel.rows(), rows - firstRow); row++) {
                product.put((firstRow + row) * columns + first, sums, row * width, count);
              }
            }
          };
        });
  }

  private int panels(int columns) {
    return (columns + width - 1) / width;
  }

  /**
   * The gradient of the weights: inputᵀ · gradient.
   *
   * @param samples number of samples; at least 1
   * @param weightGradient where to write the product
   */
  public void weightGradient(
      FloatBuffer input, FloatBuffer gradient, int samples, FloatBuffer weightGradient) {
    try (Scratch scratch = new Scratch()) {
      LeftFactor left = LeftFactor.columnsOf(input, samples, inputs, kernel, scratch);
      float[] right = panelsOf(gradient, samples, scratch);
      int padded = panels(outputs) * width;
      ParallelSamples.run(
          left.blocks(),
          () -> {
            float[] sums = scratch.floats(kernel.rows() * padded);
            MatrixTask task = left.task(kernel);
            task.b = right;
            task.c = sums;
            task.cRow = padded;
            return block -> {
              for (int panel = 0; panel < panels(outputs); panel++) {
                task.cStart = panel * width;
                for (int term = 0; term < samples; term += TERMS) {
                  left.select(task, block, term, Math.min(TERMS, samples - term));
                  task.bStart = (panel * samples + term) * width;
                  task.add = term > 0;
                  kernel.multiply(task);
                }
              }
              int first = block * kernel.rows();
              for (int row = 0; row < Math.min(kernel.rows(), inputs - first); row++) {
                weightGradient.put((first + row) * outputs, sums, row * padded, outputs);
              }
            };
          });
    }
  }

  /** The output's gradient in panels: [panel, sample, column of the panel]. */
  private float[] panelsOf(FloatBuffer gradient, int samples, Scratch scratch) {
    float[] right = scratch.floats(panels(outputs) * samples * width);
    for (int panel = 0; panel < panels(outputs); panel++) {
      int first = panel * width;
      int count = Math.min(width, outputs - first);
      for (int sample = 0; sample < samples; sample++) {
        int to = (panel * samples + sample) * width;
        gradient.get(sample * outputs + first, right, to, count);
      }
    }
    return right;
  }
}
