package org.dl4jsnn.property;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.dl4jsnn.spike.FeatureShape;

/**
 * The window of a convolution or pooling.
 *
 * @param height rows
 * @param width columns
 * @param strideRows distance of neighbouring windows, in rows
 * @param strideColumns the same in columns
 * @param padding explicit zeros on every side
 * @param dilation distance of neighbouring taps
 * @param same whether the padding follows from the input's size instead
 */
record WindowPlan(
    int height,
    int width,
    int strideRows,
    int strideColumns,
    int padding,
    int dilation,
    boolean same) {

  static Arbitrary<WindowPlan> any() {
    Arbitrary<Integer> kernel = Arbitraries.integers().between(1, 4);
    Arbitrary<Integer> stride = Arbitraries.of(1, 1, 2, 3);
    return Combinators.combine(
            kernel,
            kernel,
            stride,
            stride,
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(1, 1, 2),
            Arbitraries.of(false, true))
        .as(WindowPlan::new);
  }

  /** That of a pooling layer. */
  WindowPlan withoutPadding() {
    return new WindowPlan(height, width, strideRows, strideColumns, 0, 1, false);
  }

  /** That of an average whose division is exact. */
  WindowPlan ofPowersOfTwo() {
    return new WindowPlan(
        Integer.highestOneBit(height),
        Integer.highestOneBit(width),
        strideRows,
        strideColumns,
        padding,
        dilation,
        same);
  }

  /** That of a layer whose output is as high and wide as its input. */
  static WindowPlan keepingSize() {
    return new WindowPlan(3, 3, 1, 1, 0, 1, true);
  }

  /** This one where it fits, otherwise one of a single position. */
  WindowPlan fitting(FeatureShape input) {
    boolean fits =
        same
            || dilation * (height - 1) < input.height() + 2 * padding
                && dilation * (width - 1) < input.width() + 2 * padding;
    return fits ? this : new WindowPlan(1, 1, strideRows, strideColumns, padding, dilation, same);
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
