package org.dl4jsnn.conf;

import org.dl4jsnn.charge.Window2D;

/** The mutable settings from which builders make a {@link Window2D}. */
final class WindowSettings {

  private final int[] kernel;
  private int[] stride;
  private int[] padding = {0, 0};
  private int[] dilation = {1, 1};
  private boolean same;

  WindowSettings(
      int kernelHeight, int kernelWidth, int strideRows, int strideColumns, boolean same) {
    this.kernel = new int[] {kernelHeight, kernelWidth};
    this.stride = new int[] {strideRows, strideColumns};
    this.same = same;
  }

  void stride(int rows, int columns) {
    stride = new int[] {rows, columns};
  }

  void padding(int rows, int columns) {
    padding = new int[] {rows, columns};
    same = false;
  }

  void dilation(int rows, int columns) {
    dilation = new int[] {rows, columns};
  }

  Window2D build() {
    return new Window2D(axis(0), axis(1));
  }

  private Window2D.Axis axis(int i) {
    return new Window2D.Axis(kernel[i], stride[i], padding[i], dilation[i], same);
  }
}
