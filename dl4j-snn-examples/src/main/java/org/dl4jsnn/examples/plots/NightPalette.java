package org.dl4jsnn.examples.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;

/**
 * Colours and fonts of the answer's image, which has a dark background so that it suits both white
 * and dark pages.
 */
final class NightPalette {

  static final Color GROUND = new Color(0x0F1525);
  static final Color PANEL = new Color(0x161E33);
  static final Color EDGE = new Color(0x2B3654);
  static final Color TEXT = new Color(0xE8ECF6);
  static final Color QUIET = new Color(0x8C98B5);
  static final Color OTHER_CLASS = new Color(0x5A6788);
  static final Color RIVAL = new Color(0xA9B6D6);
  static final Color ANSWER = new Color(0xFFC857);
  static final Color OFF = new Color(0x4FA8FF);
  static final Color ON = new Color(0xF4F7FF);

  /** From the first layer to the last. */
  private static final Color[] LAYERS = {
    new Color(0x4CD6E8), new Color(0x6C9BFF), new Color(0xA98BFF), new Color(0xF07BC0),
  };

  private static final int OPAQUE = 255;

  private NightPalette() {}

  /** The colour of a layer's spikes. */
  static Color layer(int index, int layers) {
    double place = layers == 1 ? 0 : (double) index / (layers - 1) * (LAYERS.length - 1);
    int below = Math.min(LAYERS.length - 2, (int) place);
    return between(LAYERS[below], LAYERS[below + 1], place - below);
  }

  /** A mix of two colours; the share of the second is from 0 to 1. */
  static Color between(Color first, Color second, double share) {
    return new Color(
        mixed(first.getRed(), second.getRed(), share),
        mixed(first.getGreen(), second.getGreen(), share),
        mixed(first.getBlue(), second.getBlue(), share));
  }

  private static int mixed(int first, int second, double share) {
    return Math.min(OPAQUE, (int) Math.round(first + share * (second - first)));
  }

  static void letters(Graphics2D graphics, int style, float size, Color colour) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, 1).deriveFont(size));
    graphics.setColor(colour);
  }

  /** Writes a text that ends at x. */
  static void endingAt(Graphics2D graphics, String text, double x, double y) {
    int width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (float) (x - width), (float) y);
  }

  /** Writes a text around x. */
  static void around(Graphics2D graphics, String text, double x, double y) {
    int width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (float) (x - width / 2.0), (float) y);
  }
}
