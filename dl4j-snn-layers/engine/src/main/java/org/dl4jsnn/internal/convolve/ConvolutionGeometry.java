package org.dl4jsnn.internal.convolve;

/**
 * Sizes of a two-dimensional convolution without dilation.
 *
 * @param channels channels of the input
 * @param height rows of the input
 * @param width columns of the input
 * @param outputs channels of the output
 * @param rows the kernel along the rows
 * @param columns the kernel along the columns
 */
public record ConvolutionGeometry(
    int channels, int height, int width, int outputs, Side rows, Side columns) {

  /**
   * One axis of the kernel.
   *
   * @param kernel taps
   * @param stride distance between neighbouring windows
   * @param padding zeros before the input
   * @param paddingAfter zeros after it
   */
  public record Side(int kernel, int stride, int padding, int paddingAfter) {

    /** An axis with as many zeros before the input as after it. */
    public Side(int kernel, int stride, int padding) {
      this(kernel, stride, padding, padding);
    }

    int outputs(int inputs) {
      return (inputs + padding + paddingAfter - kernel) / stride + 1;
    }

    /** The length that the windows span, including reached zeros, excluding unreached inputs. */
    int span(int inputs) {
      return (outputs(inputs) - 1) * stride + kernel;
    }
  }

  int outputHeight() {
    return rows.outputs(height);
  }

  int outputWidth() {
    return columns.outputs(width);
  }

  /** Positions of the output. */
  int positions() {
    return outputHeight() * outputWidth();
  }

  /** Values of a sample's input. */
  int inputs() {
    return channels * height * width;
  }

  /** Taps of the kernel over all input channels. */
  int taps() {
    return rows.kernel * columns.kernel * channels;
  }
}
