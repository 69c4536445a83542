package org.dl4jsnn.internal.convolve;

import static org.dl4jsnn.internal.kernel.WinogradKernel.INPUT;
import static org.dl4jsnn.internal.kernel.WinogradKernel.OUTPUT;

/**
 * How tiles cover an output, and the input that each of them needs.
 *
 * @param rows rows of tiles
 * @param columns columns of tiles
 * @param input the input with its border
 * @param output the output, with what the last tiles have too many
 */
record WinogradTiling(int rows, int columns, Frame input, Frame output) {

  /**
   * Covers an output.
   *
   * @param height rows of the input
   * @param width columns of the input
   * @param top zeros above
   * @param left zeros on the left
   * @param outputHeight rows of the output
   * @param outputWidth columns of the output
   */
  static WinogradTiling of(
      int height, int width, int top, int left, int outputHeight, int outputWidth) {
    int rows = (outputHeight + OUTPUT - 1) / OUTPUT;
    int columns = (outputWidth + OUTPUT - 1) / OUTPUT;
    int overlap = INPUT - OUTPUT;
    return new WinogradTiling(
        rows,
        columns,
        new Frame(
            height,
            width,
            Math.max(rows * OUTPUT + overlap, height + top),
            Math.max(columns * OUTPUT + overlap, width + left),
            top,
            left),
        new Frame(outputHeight, outputWidth, rows * OUTPUT, columns * OUTPUT, 0, 0));
  }

  /** The same with an input that also has room for whole tiles of another convolution's output. */
  WinogradTiling withRoomFor(WinogradTiling other) {
    Frame larger =
        new Frame(
            input.height(),
            input.width(),
            Math.max(input.down(), input.top() + other.rows * OUTPUT),
            Math.max(input.across(), input.left() + other.columns * OUTPUT),
            input.top(),
            input.left());
    return new WinogradTiling(rows, columns, larger, output);
  }

  /** Tiles of a sample. */
  int tiles() {
    return rows * columns;
  }
}
