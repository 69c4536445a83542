package org.dl4jsnn.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.chart.Palette;

/** Colours and lines of plots, from {@link Palette}. */
final class Colours {

  static final Color BLUE = Palette.colour(0);
  static final Color VERMILLION = Palette.colour(1);
  static final Color SKY = Palette.colour(5);
  static final Color BLACK = Color.BLACK;
  static final Color GREY = new Color(0x808080);

  private static final float WIDTH = 2;
  private static final float MITER = 10;

  private Colours() {}

  /** Colours of series in their order. */
  static Color[] series() {
    return IntStream.range(0, Palette.SIZE).mapToObj(Palette::colour).toArray(Color[]::new);
  }

  /** Lines: solid, and when all colours are used, dashed, then dotted. */
  static BasicStroke[] lines() {
    return new BasicStroke[] {new BasicStroke(WIDTH), dashes(8, 5), dashes(2, 4)};
  }

  private static BasicStroke dashes(float on, float off) {
    return new BasicStroke(
        WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, MITER, new float[] {on, off}, 0);
  }

  /** A dashed line. */
  static BasicStroke dashed() {
    return lines()[1];
  }

  /** A colour that lets some of the ground through, so that dots on each other look darker. */
  static Color translucent(Color colour, int opacity) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity);
  }
}
