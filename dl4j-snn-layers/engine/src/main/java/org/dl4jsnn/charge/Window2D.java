package org.dl4jsnn.charge;

import java.io.Serializable;
import java.util.Objects;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A window that slides over rows and columns: kernel, stride, padding and dilation. Immutable.
 *
 * <p>With same padding the output has ⌈input / stride⌉ rows, and the padding is split evenly with
 * the odd row at the bottom (columns likewise). With explicit padding p it has ⌊(input + 2p −
 * dilation · (kernel − 1) − 1) / stride⌋ + 1.
 */
public final class Window2D implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How the window slides over rows. */
  private final Axis rows;

  /** How the window slides over columns. */
  private final Axis columns;

  /**
   * Creates a window.
   *
   * @param rows how the window slides over rows
   * @param columns how the window slides over columns
   * @throws IllegalArgumentException if one is null, or only one has same padding
   */
  public Window2D(Axis rows, Axis columns) {
    this.rows = Require.given("rows", rows);
    this.columns = Require.given("columns", columns);
    if (rows.same != columns.same) {
      throw new IllegalArgumentException("same padding must hold for both rows and columns");
    }
  }

  /**
   * How the window slides over rows.
   *
   * @return the axis
   */
  public Axis rows() {
    return rows;
  }

  /**
   * How the window slides over columns.
   *
   * @return the axis
   */
  public Axis columns() {
    return columns;
  }

  /**
   * Whether the padding follows from the input's size.
   *
   * @return true for same padding
   */
  public boolean isSame() {
    return rows.same;
  }

  /**
   * The output shape for an input.
   *
   * @param input channels × height × width
   * @param channels channels of the output
   * @return the output's shape
   * @throws IllegalArgumentException if the window does not fit into the input
   */
  public FeatureShape outputShape(FeatureShape input, int channels) {
    return FeatureShape.image(
        channels,
        rows.outputSize("height", input.height()),
        columns.outputSize("width", input.width()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Window2D that && rows.equals(that.rows) && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rows, columns);
  }

  @Override
  public String toString() {
    return "rows " + rows + ", columns " + columns;
  }

  /** One axis of a window. Immutable. */
  public static final class Axis implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Taps. */
    private final int kernel;

    /** Distance between neighbouring windows. */
    private final int stride;

    /** Zeros at either end. */
    private final int padding;

    /** Distance between neighbouring taps. */
    private final int dilation;

    /** Whether the padding follows from the input's size. */
    private final boolean same;

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
    public Axis(int kernel, int stride, int padding, int dilation, boolean same) {
      this.kernel = Require.atLeast("kernel size", kernel, 1);
      this.stride = Require.atLeast("stride", stride, 1);
      this.padding = Require.atLeast("padding", padding, 0);
      this.dilation = Require.atLeast("dilation", dilation, 1);
      this.same = same;
      if (same && padding != 0) {
        throw new IllegalArgumentException("padding must be 0 with same padding, got " + padding);
      }
      Require.atLeast("dilation · (kernel size - 1) + 1", span(), 1);
    }

    /**
     * Taps of the kernel.
     *
     * @return the kernel's size
     */
    public int kernel() {
      return kernel;
    }

    /**
     * Distance between neighbouring windows.
     *
     * @return the stride
     */
    public int stride() {
      return stride;
    }

    /**
     * Explicit zeros at either end.
     *
     * @return the padding; 0 with same padding
     */
    public int padding() {
      return padding;
    }

    /**
     * Distance between neighbouring taps.
     *
     * @return the dilation
     */
    public int dilation() {
      return dilation;
    }

    /** Uses whole numbers that cannot overflow. */
    int outputSize(String axis, int input) {
      long padded = input + 2L * padding;
      long output =
          same
              ? ((long) input + stride - 1) / stride
              : Math.floorDiv(padded - extent(), (long) stride) + 1;
      if (output < 1) {
        throw new IllegalArgumentException(
            "input "
                + axis
                + " must be at least "
                + (extent() - 2L * padding)
                + " for this window ("
                + this
                + "), got "
                + input);
      }
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

    /**
     * The number of input positions from the first tap to the last.
     *
     * @return the length of the kernel with its dilation
     */
    public int extent() {
      return (int) span();
    }

    private long span() {
      return (long) dilation * (kernel - 1) + 1;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Axis that
          && kernel == that.kernel
          && stride == that.stride
          && padding == that.padding
          && dilation == that.dilation
          && same == that.same;
    }

    @Override
    public int hashCode() {
      return Objects.hash(kernel, stride, padding, dilation, same);
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
