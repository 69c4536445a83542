package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Which inputs a neuron of a weighted layer gathers: a window of the input for every output
 * position. A fully connected layer is a single position whose window is the whole input.
 *
 * @param strideHeight distance between neighbouring windows, in rows
 * @param strideWidth distance between neighbouring windows, in columns
 * @param paddingTop rows of the first window above the input
 * @param paddingLeft columns of the first window left of the input
 */
public record GatherGeometry(
    FeatureShape input,
    FeatureShape output,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingTop,
    int paddingLeft) {

  /** The geometry of a fully connected layer. */
  public static GatherGeometry dense(FeatureShape input, int outputs) {
    return new GatherGeometry(
        input, FeatureShape.vector(outputs), input.height(), input.width(), 1, 1, 0, 0);
  }

  /** Whether the only window is the whole input. */
  public boolean isDense() {
    return output.positions() == 1
        && kernelHeight == input.height()
        && kernelWidth == input.width()
        && paddingTop == 0
        && paddingLeft == 0;
  }

  /**
   * The synapses from the neurons back to the inputs, of windows one beside another: the kernel
   * turned round. A fully connected layer goes back to a vector.
   */
  public GatherGeometry turned() {
    if (isDense()) {
      return dense(output, input.neurons());
    }
    return new GatherGeometry(
        output,
        input,
        kernelHeight,
        kernelWidth,
        1,
        1,
        kernelHeight - 1 - paddingTop,
        kernelWidth - 1 - paddingLeft);
  }

  /** Rows of weights per row of the window, one per column and channel. */
  int weightRowsPerInputRow() {
    return kernelWidth * input.channels();
  }

  /** The number of rows of weights, which is the number of inputs of a neuron. */
  public int weightRows() {
    return kernelHeight * weightRowsPerInputRow();
  }

  /** First input row of the window of an output row; negative in the padding. */
  int firstInputRow(int outputRow) {
    return outputRow * strideHeight - paddingTop;
  }

  /** First input column of the window of an output column, inside the input. */
  int firstColumn(int outputColumn) {
    return Math.min(Math.max(outputColumn * strideWidth - paddingLeft, 0), input.width());
  }

  /** The input column after the window of an output column, inside the input. */
  int endColumn(int outputColumn) {
    int end = outputColumn * strideWidth - paddingLeft + kernelWidth;
    return Math.max(firstColumn(outputColumn), Math.min(end, input.width()));
  }

  /** Output channels, padded to whole words of spikes. */
  int paddedChannels() {
    return BitLayout.of(output).planes() * BitLayout.WORD;
  }

  /**
   * The same layer with several neighbouring output columns as channels of one column, each padded
   * to whole words: the windows of the group form one wider window.
   *
   * @param columns number of columns; a divisor of the output's columns
   */
  GatherGeometry grouped(int columns) {
    return new GatherGeometry(
        input,
        FeatureShape.image(columns * paddedChannels(), output.height(), output.width() / columns),
        kernelHeight,
        kernelWidth + (columns - 1) * strideWidth,
        strideHeight,
        columns * strideWidth,
        paddingTop,
        paddingLeft);
  }
}
