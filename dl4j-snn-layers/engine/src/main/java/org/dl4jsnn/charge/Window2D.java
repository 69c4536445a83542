package org.dl4jsnn.charge;

import java.io.Serializable;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A window that slides over rows and columns: kernel, stride, padding and dilation. Immutable.
 *
 * <p>With same padding the output has ⌈input / stride⌉ rows, and the padding is split evenly with
 * the odd row at the bottom (columns likewise). With explicit padding p it has ⌊(input + 2p −
 * dilation · (kernel − 1) − 1) / stride⌋ + 1.
 *
 * @param rows how the window slides over rows
 * @param columns how the window slides over columns
 * @serial exclude
 */
public record Window2D(Window2D.Axis rows, Window2D.Axis columns) implements Serializable {

  /**
   * Creates a window.
   *
   * @param rows how the window slides over rows
   * @param columns how the window slides over columns
   * @throws IllegalArgumentException if one is null, or only one has same padding
   */
  public Window2D {
    Require.given("rows", rows);
    Require.given("columns", columns);
    Require.not(rows.same != columns.same, "same padding must hold for both rows and columns");
  }

  /** {@return whether the padding follows from the input's size, as with same padding} */
  public boolean isSame() {
    return rows.same;
  }

  /**
   * {@return the output's shape for an input}
   *
   * @param input channels × height × width
   * @param channels channels of the output
   * @throws IllegalArgumentException if the window does not fit into the input
   */
  public FeatureShape outputShape(FeatureShape input, int channels) {
    return FeatureShape.image(
        channels,
        rows.outputSize("height", input.height()),
        columns.outputSize("width", input.width()));
  }

  @Override
  public String toString() {
    return "rows " + rows + ", columns " + columns;
  }

  /**
   * One axis of a window.
   *
   * @param kernel taps
   * @param stride distance between neighbouring windows
   * @param padding explicit zeros at either end; 0 with same padding
   * @param dilation distance between neighbouring taps
   * @param same whether the padding follows from the input's size
   * @serial exclude
   */
  public record Axis(int kernel, int stride, int padding, int dilation, boolean same)
      implements Serializable {

    /**
     * Creates an axis.
     *
     * @param kernel taps; at least 1
     * @param stride distance between neighbouring windows; at least 1
     * @param padding zeros at either end; at least 0, and 0 with same padding
     * @param dilation distance between neighbouring taps; at least 1
     * @param same true if the padding follows from the input's size
     * @throws IllegalArgumentException if a parameter is invalid
     */
    public Axis {
      Require.atLeast("kernel size", kernel, 1);
      Require.atLeast("stride", stride, 1);
      Require.atLeast("padding", padding, 0);
      Require.atLeast("dilation", dilation, 1);
      Require.not(same && padding != 0, "padding must be 0 with same padding, got %s", padding);
      Require.atLeast("dilation · (kernel size - 1) + 1", span(kernel, dilation), 1);
    }

    /** Uses whole numbers that cannot overflow. */
    int outputSize(String axis, int input) {
      long padded = input + 2L * padding;
      long output =
          same
              ? ((long) input + stride - 1) / stride
              : Math.floorDiv(padded - extent(), (long) stride) + 1;
      Require.not(
          output < 1,
          "input %s must be at least %s for this window (%s), got %s",
          axis,
          extent() - 2L * padding,
          this,
          input);
      return Require.atLeast("output " + axis + " of this window (" + this + ")", output, 1);
    }

    /**
     * Zeros before the first input value.
     *
     * @param input size of the input along the axis
     * @return the number of zeros
     */
    public int paddingBefore(int input) {
      return same ? samePadding(input) / 2 : padding;
    }

    /**
     * Zeros after the last input value.
     *
     * @param input size of the input along the axis
     * @return the number of zeros
     */
    public int paddingAfter(int input) {
      return same ? samePadding(input) - samePadding(input) / 2 : padding;
    }

    /** Below the extent, since the last window begins within the input. */
    private int samePadding(int input) {
      long last = (outputSize("size", input) - 1L) * stride;
      return (int) Math.max(0, last + extent() - input);
    }

    /** {@return the number of input positions from the first tap to the last} */
    public int extent() {
      return (int) span(kernel, dilation);
    }

    private static long span(int kernel, int dilation) {
      return (long) dilation * (kernel - 1) + 1;
    }

    @Override
    public String toString() {
      return "kernel "
          + kernel
          + " stride "
          + stride
          + (same ? " padding same" : " padding " + padding)
          + " dilation "
          + dilation;
    }
  }
}
