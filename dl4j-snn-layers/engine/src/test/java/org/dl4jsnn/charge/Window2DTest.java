package org.dl4jsnn.charge;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;

class Window2DTest {

  private static final int HUGE = Integer.MAX_VALUE;
  private static final FeatureShape IMAGE = FeatureShape.image(2, 6, 5);

  private static Window2D window(int kernel, int stride, int padding, int dilation, boolean same) {
    Window2D.Axis axis = new Window2D.Axis(kernel, stride, padding, dilation, same);
    return new Window2D(axis, axis);
  }

  @Test
  void shouldKnowItsOutputForStridesBeyondTheInput() {
    assertEquals(FeatureShape.image(3, 1, 1), window(2, HUGE, 0, 1, false).outputShape(IMAGE, 3));
    assertEquals(FeatureShape.image(3, 1, 1), window(2, HUGE, 0, 1, true).outputShape(IMAGE, 3));
  }

  @Test
  void shouldRefuseAPaddingWhoseOutputIsTooLarge() {
    assertBegins(
        "output height of this window (kernel 3 stride 1 padding 2147483647 dilation 1)",
        () -> window(3, 1, HUGE, 1, false).outputShape(IMAGE, 1));
  }

  @Test
  void shouldRefuseADilationThatSpansTooMuch() {
    assertBegins("dilation · (kernel size - 1) + 1 must be", () -> window(3, 1, 0, HUGE, true));
  }

  @Test
  void shouldRefuseKernelsThatDoNotFit() {
    assertBegins(
        "input height must be at least 2147483647 for this window",
        () -> window(HUGE, 1, 0, 1, false).outputShape(IMAGE, 1));
  }

  @Test
  void shouldCountOutputsAndPaddingOfAnAxis() {
    assertAxis(new Window2D.Axis(3, 1, 0, 1, false), 6, 4, 0, 0);
    assertAxis(new Window2D.Axis(3, 2, 0, 1, false), 6, 2, 0, 0);
    assertAxis(new Window2D.Axis(3, 2, 1, 1, false), 6, 3, 1, 1);
    assertAxis(new Window2D.Axis(3, 1, 0, 2, false), 6, 2, 0, 0);
    assertAxis(new Window2D.Axis(6, 1, 0, 1, false), 6, 1, 0, 0);
    assertAxis(new Window2D.Axis(3, 1, 0, 1, true), 6, 6, 1, 1);
    assertAxis(new Window2D.Axis(2, 1, 0, 1, true), 6, 6, 0, 1);
    assertAxis(new Window2D.Axis(3, 2, 0, 1, true), 6, 3, 0, 1);
    assertAxis(new Window2D.Axis(3, 1, 0, 3, true), 6, 6, 3, 3);
    assertAxis(new Window2D.Axis(1, 4, 0, 1, true), 6, 2, 0, 0);
    assertEquals(7, new Window2D.Axis(3, 1, 0, 3, true).extent());
  }

  private static void assertAxis(Window2D.Axis axis, int input, int output, int before, int after) {
    assertEquals(output, axis.outputSize("size", input), axis.toString());
    assertEquals(before, axis.paddingBefore(input), axis.toString());
    assertEquals(after, axis.paddingAfter(input), axis.toString());
  }

  @Test
  void shouldGiveAndNameItsSettings() {
    Window2D.Axis rows = new Window2D.Axis(3, 2, 1, 4, false);
    Window2D.Axis columns = new Window2D.Axis(5, 1, 0, 1, false);
    Window2D window = new Window2D(rows, columns);
    assertEquals(rows, window.rows());
    assertEquals(columns, window.columns());
    assertEquals(3, rows.kernel());
    assertEquals(2, rows.stride());
    assertEquals(1, rows.padding());
    assertEquals(4, rows.dilation());
    assertFalse(window.isSame());
    assertTrue(window(1, 1, 0, 1, true).isSame());
    assertEquals(
        "rows kernel 3 stride 2 padding 1 dilation 4, columns kernel 5 stride 1 padding 0"
            + " dilation 1",
        window.toString());
    assertEquals(
        "kernel 1 stride 1 padding same dilation 1",
        new Window2D.Axis(1, 1, 0, 1, true).toString());
  }

  @Test
  void shouldRefuseSettingsThatAreNotAWindow() {
    assertBegins("kernel size must be", () -> window(0, 1, 0, 1, false));
    assertBegins("stride must be", () -> window(1, 0, 0, 1, false));
    assertBegins("padding must be a whole", () -> window(1, 1, -1, 1, false));
    assertBegins("dilation must be", () -> window(1, 1, 0, 0, false));
    assertBegins("padding must be 0 with same padding, got 1", () -> window(1, 1, 1, 1, true));
    Window2D.Axis same = new Window2D.Axis(1, 1, 0, 1, true);
    Window2D.Axis valid = new Window2D.Axis(1, 1, 0, 1, false);
    assertBegins("same padding must hold for both", () -> new Window2D(same, valid));
    assertBegins(
        "input height must be at least 5 for this window (kernel 7 stride 1 padding 1 dilation 1),"
            + " got 4",
        () -> window(7, 1, 1, 1, false).outputShape(FeatureShape.image(1, 4, 9), 1));
    assertEquals(
        FeatureShape.image(1, 1, 5),
        window(7, 1, 1, 1, false).outputShape(FeatureShape.image(1, 5, 9), 1));
  }
}
