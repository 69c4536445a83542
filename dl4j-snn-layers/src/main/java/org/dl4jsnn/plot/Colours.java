package org.dl4jsnn.plot;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * Colours that people tell apart whatever colours they see: those of Okabe and Ito, "Color
 * Universal Design", 2008, without the yellow, which is faint on white ground.
 */
final class Colours {

  static final Color BLUE = new Color(0x0072B2);
  static final Color VERMILLION = new Color(0xD55E00);
  static final Color GREEN = new Color(0x009E73);
  static final Color ORANGE = new Color(0xE69F00);
  static final Color PURPLE = new Color(0xCC79A7);
  static final Color SKY = new Color(0x56B4E9);
  static final Color BLACK = Color.BLACK;
  static final Color GREY = new Color(0x808080);

  private static final float WIDTH = 2;
  private static final float MITER = 10;

  private Colours() {}

  /** Colours of series in their order. */
  static Color[] series() {
    return new Color[] {BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY, BLACK};
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
