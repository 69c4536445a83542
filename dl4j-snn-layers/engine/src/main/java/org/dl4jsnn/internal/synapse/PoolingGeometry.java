package org.dl4jsnn.internal.synapse;

import java.util.Arrays;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Which windows of a pooling layer hold an input, and which inputs a window holds. Channels are
 * pooled separately, so the same tables of positions serve all of them. The windows that hold an
 * input form a rectangle of output positions.
 *
 * <p>The windows of the input at {@code position}, in increasing order:
 *
 * <pre>
 * int window = geometry.firstWindow(position);
 * for (int row = 0; row &lt; geometry.rows(position); row++, window += geometry.width()) {
 *   for (int next = window; next &lt; window + geometry.columns(position); next++) …
 * }
 * </pre>
 */
public final class PoolingGeometry {

  private final FeatureShape input;
  private final FeatureShape output;

  /** Indexed by position of the input. */
  private final int[] firstWindow;

  /** Indexed by position of the input. */
  private final int[] rows;

  /** Indexed by position of the input. */
  private final int[] columns;

  /** Indexed by position in the window: the distance from the window's first input. */
  private final int[] offsets;

  /** Indexed by position of the output. */
  private final int[] firstInput;

  public PoolingGeometry(PoolingWindows windows) {
    Window2D.Axis vertical = windows.window().rows();
    Window2D.Axis horizontal = windows.window().columns();
    int kernelHeight = vertical.kernel();
    int kernelWidth = horizontal.kernel();
    int strideHeight = vertical.stride();
    int strideWidth = horizontal.stride();
    this.input = windows.input();
    this.output = windows.output();
    this.firstWindow = new int[input.positions()];
    this.rows = new int[input.positions()];
    this.columns = new int[input.positions()];
    for (int y = 0, position = 0; y < input.height(); y++) {
      int top = firstHolding(y, kernelHeight, strideHeight);
      int bottom = Math.min(y / strideHeight, output.height() - 1);
      for (int x = 0; x < input.width(); x++, position++) {
        int left = firstHolding(x, kernelWidth, strideWidth);
        int right = Math.min(x / strideWidth, output.width() - 1);
        firstWindow[position] = top * output.width() + left;
        // No window holds inputs between two windows or after the last one.
        rows[position] = Math.max(0, bottom - top + 1);
        columns[position] = Math.max(0, right - left + 1);
      }
    }
    this.offsets = new int[kernelHeight * kernelWidth];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = tap / kernelWidth * input.width() + tap % kernelWidth;
    }
    this.firstInput = new int[output.positions()];
    for (int window = 0; window < firstInput.length; window++) {
      int y = window / output.width() * strideHeight;
      int x = window % output.width() * strideWidth;
      firstInput[window] = y * input.width() + x;
    }
  }

  /** The first window along an axis that reaches a place or lies beyond it. */
  private static int firstHolding(int place, int kernel, int stride) {
    return place < kernel ? 0 : (place - kernel) / stride + 1;
  }

  /** The shape of the features before pooling. */
  public FeatureShape input() {
    return input;
  }

  /** The shape of the pooled features. */
  public FeatureShape output() {
    return output;
  }

  /** The number of windows side by side. */
  public int width() {
    return output.width();
  }

  /** Positions per window; kernel height · kernel width. */
  public int windowSize() {
    return offsets.length;
  }

  /**
   * The first window that holds an input.
   *
   * @return position of the output; undefined if no window holds the input
   */
  public int firstWindow(int position) {
    return firstWindow[position];
  }

  /**
   * The number of rows of windows that hold an input.
   *
   * @return rows of windows; 0 for none
   */
  public int rows(int position) {
    return rows[position];
  }

  /**
   * The number of columns of windows that hold an input.
   *
   * @return columns of windows; 0 for none
   */
  public int columns(int position) {
    return columns[position];
  }

  /**
   * An input that a window holds.
   *
   * @param place in the window, row by row, from 0 to {@link #windowSize()} − 1
   * @return position of the input; increases with the place
   */
  public int input(int window, int place) {
    return firstInput[window] + offsets[place];
  }

  /**
   * Copies the values of disjoint windows to all of their inputs, in order of position and channel;
   * inputs without a window become 0.
   */
  public void spread(float[] ofWindows, float[] inputs) {
    int channels = output.channels();
    if (ofWindows.length * windowSize() < inputs.length) {
      Arrays.fill(inputs, 0);
    }
    for (int window = 0; window < firstInput.length; window++) {
      for (int offset : offsets) {
        int first = (firstInput[window] + offset) * channels;
        System.arraycopy(ofWindows, window * channels, inputs, first, channels);
      }
    }
  }
}
