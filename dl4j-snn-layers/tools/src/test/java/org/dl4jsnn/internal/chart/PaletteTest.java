package org.dl4jsnn.internal.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class PaletteTest {

  /** Distances in CIELAB (1976); above about 2, colours side by side look different. */
  private static final double FAR_APART = 24;

  @Test
  void shouldGiveTenSeriesColoursThatDiffer() {
    for (int a = 0; a < Palette.SIZE; a++) {
      assertTrue(distance(Palette.colour(a), Color.WHITE) > FAR_APART, "faint: " + a);
      for (int b = 0; b < a; b++) {
        double distance = distance(Palette.colour(a), Palette.colour(b));
        assertTrue(distance > FAR_APART, a + " and " + b + ": " + distance);
      }
    }
  }

  @Test
  void shouldNameColoursAsWebPagesDo() {
    assertEquals("#0072b2", Palette.hex(0));
    assertEquals("#000000", Palette.hex(6));
    assertEquals(Palette.hex(3), Palette.hex(13));
  }

  private static double distance(Color first, Color second) {
    double[] a = lab(first);
    double[] b = lab(second);
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  /** CIELAB of sRGB, for the white of D65. */
  private static double[] lab(Color colour) {
    double r = linear(colour.getRed());
    double g = linear(colour.getGreen());
    double b = linear(colour.getBlue());
    double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double linear(int value) {
    double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static double root(double value) {
    return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
  }
}
