package org.dl4jsnn.internal.convolve;

/**
 * Windows without padding over the planes of a sample, one plane per channel.
 *
 * @param channels channels
 * @param height rows of a plane
 * @param width columns of a plane
 * @param rows the window along the rows
 * @param columns the window along the columns
 */
public record PlaneWindows(
    int channels,
    int height,
    int width,
    ConvolutionGeometry.Side rows,
    ConvolutionGeometry.Side columns) {

  /** Windows of a plane along its rows. */
  int down() {
    return rows.outputs(height);
  }

  /** Windows of a plane along its columns. */
  int across() {
    return columns.outputs(width);
  }

  /** Windows of a sample. */
  int count() {
    return channels * down() * across();
  }

  /** Values of a sample. */
  int inputs() {
    return channels * height * width;
  }

  /** Where the first window of a row of windows begins. */
  int first(int channel, int row) {
    return (channel * height + row * rows.stride()) * width;
  }
}
