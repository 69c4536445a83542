package org.dl4jsnn.internal.kernel;

/**
 * The transforms of Winograd's convolutions F(m × m, r × r) with m + r = 7: tiles of 6 × 6 input or
 * m × m output pixels to and from the 36 points at which a convolution with a kernel of r × r is a
 * product. A pixel is a run of channels; every channel is transformed separately. Thread-safe.
 *
 * <p>Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, doi
 * 10.1109/CVPR.2016.435.
 */
public interface WinogradKernel {

  /** Rows and columns of a tile of input pixels. */
  int INPUT = 6;

  /** Points of a tile. */
  int POINTS = INPUT * INPUT;

  /** {@return rows and columns of a tile of output pixels} */
  int output();

  /** {@return rows and columns of the convolution's kernel} */
  default int kernel() {
    return INPUT + 1 - output();
  }

  /** {@return scratch memory of a transform} */
  int scratch();

  /**
   * Bᵀ d B: 6 × 6 pixels of the input to points.
   *
   * @param pixels the pixels
   * @param from index of the first pixel's first channel
   * @param row distance between two rows of pixels
   * @param column distance between two columns of pixels
   * @param channels channels, in whole vectors
   * @param scratch scratch
   * @param points where the points go
   * @param to index of the first point's first channel
   * @param point distance between two points
   */
  void input(
      float[] pixels,
      int from,
      int row,
      int column,
      int channels,
      float[] scratch,
      float[] points,
      int to,
      int point);

  /** A δ Aᵀ: m × m pixels of the output's gradient to points; parameters as in {@link #input}. */
  void gradient(
      float[] pixels,
      int from,
      int row,
      int column,
      int channels,
      float[] scratch,
      float[] points,
      int to,
      int point);

  /** Aᵀ u A: points to m × m pixels of the output, the parameters as in {@link #input}. */
  void output(
      float[] points,
      int from,
      int point,
      int channels,
      float[] scratch,
      float[] pixels,
      int to,
      int row,
      int column);
}
