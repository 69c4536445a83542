package org.dl4jsnn.internal.convolve;

/**
 * An image inside a border of zeros.
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param down rows with the border; the image is cut off below if they are too few
 * @param across columns with the border; the image is cut off on the right if they are too few
 * @param top rows of the border above
 * @param left columns of the border on the left
 */
record Frame(int height, int width, int down, int across, int top, int left) {

  /** An image without a border. */
  static Frame bare(int height, int width) {
    return new Frame(height, width, height, width, 0, 0);
  }

  /** Pixels with the border. */
  int pixels() {
    return down * across;
  }

  /** Rows of the image that are not cut off. */
  int rows() {
    return Math.max(0, Math.min(height, down - top));
  }

  /** Columns of the image that are not cut off. */
  int columns() {
    return Math.max(0, Math.min(width, across - left));
  }

  /** The pixel with the border where a row of the image begins. */
  int pixel(int row) {
    return (row + top) * across + left;
  }
}
