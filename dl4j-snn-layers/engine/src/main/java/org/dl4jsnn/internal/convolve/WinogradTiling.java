package org.dl4jsnn.internal.convolve;

import static org.dl4jsnn.internal.kernel.WinogradKernel.INPUT;

/**
 * How tiles cover an output, and the input that each tile needs.
 *
 * @param tile rows and columns of a tile
 * @param rows rows of tiles
 * @param columns columns of tiles
 * @param input the input with its border
 * @param output the output, including the surplus of the last tiles
 */
record WinogradTiling(int tile, int rows, int columns, Frame input, Frame output) {

  /**
   * The tiling of an output.
   *
   * @param top zeros above
   */
  static WinogradTiling of(
      int tile, int height, int width, int top, int left, int outputHeight, int outputWidth) {
    int rows = (outputHeight + tile - 1) / tile;
    int columns = (outputWidth + tile - 1) / tile;
    int overlap = INPUT - tile;
    return new WinogradTiling(
        tile,
        rows,
        columns,
        new Frame(
            height,
            width,
            Math.max(rows * tile + overlap, height + top),
            Math.max(columns * tile + overlap, width + left),
            top,
            left),
        new Frame(outputHeight, outputWidth, rows * tile, columns * tile, 0, 0));
  }

  /** The same, with room in the input for whole tiles of another convolution's output. */
  WinogradTiling withRoomFor(WinogradTiling other) {
    Frame larger =
        new Frame(
            input.height(),
            input.width(),
            Math.max(input.down(), input.top() + other.rows * tile),
            Math.max(input.across(), input.left() + other.columns * tile),
            input.top(),
            input.left());
    return new WinogradTiling(tile, rows, columns, larger, output);
  }

  /** Tiles of a sample. */
  int tiles() {
    return rows * columns;
  }
}
