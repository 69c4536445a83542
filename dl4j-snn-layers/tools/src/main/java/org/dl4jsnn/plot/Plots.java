package org.dl4jsnn.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.SwingWrapper;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Renders charts as images, writes them to PNG files, and shows them in windows. A notebook shows a
 * {@code BufferedImage} that is the last expression of a cell.
 */
public final class Plots {

  private Plots() {}

  /**
   * Draws a chart.
   *
   * @param chart the chart
   * @return the image, in the chart's size
   */
  public static BufferedImage image(Chart<?, ?> chart) {
    return BitmapEncoder.getBufferedImage(chart);
  }

  /**
   * Draws charts row by row on a white background. The plot areas of a column begin at the same
   * pixel, however wide the numbers of their axes are.
   *
   * @param charts the charts, at least one
   * @param columns charts per row, at least 1; 1 stacks them
   * @return the image
   * @throws IllegalArgumentException if an argument is invalid
   */
  public static BufferedImage grid(List<? extends Chart<?, ?>> charts, int columns) {
    Require.atLeast("charts", charts.size(), 1);
    Require.atLeast("columns", columns, 1);
    int used = Math.min(columns, charts.size());
    int[] widths = new int[used];
    int[] heights = new int[(charts.size() + used - 1) / used];
    for (int i = 0; i < charts.size(); i++) {
      widths[i % used] = Math.max(widths[i % used], charts.get(i).getWidth());
      heights[i / used] = Math.max(heights[i / used], charts.get(i).getHeight());
    }
    List<BufferedImage> images = LeftEdges.aligned(charts, used);
    BufferedImage image = white(sum(widths, used), sum(heights, heights.length));
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < charts.size(); i++) {
      int x = sum(widths, i % used);
      int y = sum(heights, i / used);
      graphics.drawImage(images.get(i), x, y, null);
    }
    graphics.dispose();
    return image;
  }

  private static int sum(int[] values, int first) {
    int sum = 0;
    for (int i = 0; i < first; i++) {
      sum += values[i];
    }
    return sum;
  }

  /** A white image. */
  static BufferedImage white(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /**
   * Writes a chart to a file, completely or not at all. The folder is created if it does not exist.
   *
   * @param chart the chart
   * @param file where to write it; ends in .png
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the file's name does not end in .png
   */
  public static void save(Chart<?, ?> chart, Path file) throws IOException {
    requirePng(file);
    // Some versions of Java forget an interrupt when they draw for the first time.
    boolean interrupted = Thread.currentThread().isInterrupted();
    try {
      save(image(chart), file);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Writes an image to a file, completely or not at all. The folder is created if it does not
   * exist.
   *
   * @param image the image
   * @param file where to write it; ends in .png
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the file's name does not end in .png
   */
  public static void save(BufferedImage image, Path file) throws IOException {
    requirePng(file);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ImageIO.write(image, "png", encoded);
    AtomicFile.replace(file, encoded::writeTo);
  }

  private static void requirePng(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new IllegalArgumentException("an image's file must end in .png, got " + file);
    }
  }

  /**
   * Shows a chart in a window. Closing the window does not end the program.
   *
   * @param chart the chart
   * @return the window
   * @throws IllegalStateException if this machine has no screen
   */
  public static JFrame show(Chart<?, ?> chart) {
    requireScreen();
    JFrame frame = new SwingWrapper<>(chart).displayChart();
    // XChart's default would end the whole program.
    SwingUtilities.invokeLater(
        () -> frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE));
    return frame;
  }

  /**
   * Shows an image in a window. Closing the window does not end the program.
   *
   * @param image the image
   * @param title the window's title
   * @return the window
   * @throws IllegalStateException if this machine has no screen
   */
  public static JFrame show(BufferedImage image, String title) {
    requireScreen();
    JFrame frame = new JFrame(title);
    SwingUtilities.invokeLater(
        () -> {
          frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
          frame.add(new JScrollPane(new JLabel(new ImageIcon(image))));
          frame.pack();
          frame.setVisible(true);
        });
    return frame;
  }

  private static void requireScreen() {
    if (GraphicsEnvironment.isHeadless()) {
      throw new IllegalStateException(
          "a window needs a screen, and this Java has none (it is headless); write the plot to a"
              + " file with Plots.save instead. Possible cause: no DISPLAY, or Java was started with"
              + " -Djava.awt.headless=true");
    }
  }
}
