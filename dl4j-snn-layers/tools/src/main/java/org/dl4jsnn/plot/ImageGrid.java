package org.dl4jsnn.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.dl4jsnn.internal.chart.ColourScale;

/**
 * Small images of numbers side by side, with one size and one colour scale, a title above and the
 * scale below.
 *
 * @param title what is shown
 * @param unit the unit of the numbers
 * @param width columns per image
 * @param height rows per image
 * @param columns images side by side
 */
record ImageGrid(String title, String unit, int width, int height, int columns) {

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 12);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final int MARGIN = 14;
  private static final int LINE = 18;
  private static final int GAP = 8;
  private static final int WANTED_SIDE = 112;
  private static final int LARGEST_PIXEL = 22;
  private static final int BAR_WIDTH = 160;
  private static final int BAR_HEIGHT = 12;
  private static final Color FRAME = new Color(0xB0B0B0);

  /** An image: its label, and its values row by row. */
  record Image(String label, double[] values) {}

  /** Draws the grid. */
  BufferedImage draw(List<Image> images, ColourScale scale) {
    int pixel = Math.max(1, Math.min(LARGEST_PIXEL, WANTED_SIDE / Math.max(width, height)));
    int pitchX = width * pixel + GAP;
    int pitchY = height * pixel + GAP + LINE;
    int rows = (images.size() + columns - 1) / columns;
    int least = Math.max(leastWidth(scale), Math.min(columns, images.size()) * pitchX - GAP);
    BufferedImage image =
        Plots.white(2 * MARGIN + least, 2 * MARGIN + 2 * LINE + GAP + rows * pitchY);
    Graphics2D graphics = image.createGraphics();
    smooth(graphics);
    graphics.setColor(Color.BLACK);
    graphics.setFont(TITLE);
    graphics.drawString(title, MARGIN, MARGIN + TITLE.getSize());
    graphics.setFont(LABEL);
    for (int i = 0; i < images.size(); i++) {
      int x = MARGIN + i % columns * pitchX;
      int y = MARGIN + LINE + i / columns * pitchY;
      graphics.setColor(Color.BLACK);
      graphics.drawString(images.get(i).label, x, y + LINE - 4);
      paint(image, images.get(i).values, x, y + LINE, pixel, scale);
      graphics.setColor(FRAME);
      graphics.drawRect(x - 1, y + LINE - 1, width * pixel + 1, height * pixel + 1);
    }
    bar(image, graphics, MARGIN + LINE + rows * pitchY + GAP, scale);
    graphics.dispose();
    return image;
  }

  private static void smooth(Graphics2D graphics) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  private void paint(
      BufferedImage image, double[] values, int left, int top, int pixel, ColourScale scale) {
    for (int y = 0; y < height * pixel; y++) {
      for (int x = 0; x < width * pixel; x++) {
        image.setRGB(left + x, top + y, scale.rgb(values[y / pixel * width + x / pixel]));
      }
    }
  }

  private void bar(BufferedImage image, Graphics2D graphics, int top, ColourScale scale) {
    FontMetrics metrics = graphics.getFontMetrics();
    String low = number(scale.min());
    int left = MARGIN + metrics.stringWidth(low) + GAP;
    for (int x = 0; x < BAR_WIDTH; x++) {
      double value = scale.min() + (scale.max() - scale.min()) * x / (BAR_WIDTH - 1);
      for (int y = 0; y < BAR_HEIGHT; y++) {
        image.setRGB(left + x, top + y, scale.rgb(value));
      }
    }
    graphics.setColor(FRAME);
    graphics.drawRect(left - 1, top - 1, BAR_WIDTH + 1, BAR_HEIGHT + 1);
    graphics.setColor(Color.BLACK);
    graphics.drawString(low, MARGIN, top + BAR_HEIGHT - 1);
    graphics.drawString(behindBar(scale), left + BAR_WIDTH + GAP, top + BAR_HEIGHT - 1);
  }

  private String behindBar(ColourScale scale) {
    return number(scale.max()) + "  " + unit;
  }

  private int leastWidth(ColourScale scale) {
    Graphics2D graphics = Plots.white(1, 1).createGraphics();
    int titleWidth = graphics.getFontMetrics(TITLE).stringWidth(title);
    FontMetrics label = graphics.getFontMetrics(LABEL);
    graphics.dispose();
    int bar = label.stringWidth(number(scale.min()) + behindBar(scale)) + BAR_WIDTH + 2 * GAP;
    return Math.max(titleWidth, bar);
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }
}
