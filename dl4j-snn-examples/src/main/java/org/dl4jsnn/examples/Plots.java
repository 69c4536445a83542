package org.dl4jsnn.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What pictures and plots have in common: white ground, and PNG files that are whole or absent. */
final class Plots {

  private Plots() {}

  /** A file's name that a picture can be written to. */
  static void requirePng(Path to) {
    if (!to.getFileName().toString().endsWith(".png")) {
      throw new UserError("--to must end in .png, got " + to);
    }
  }

  /** A chart without series; an empty title takes no place. */
  static XYChart chart(
      int width, int height, String title, String x, String y, LegendPosition legend) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setLegendPosition(legend);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  /** Charts of one size in rows of so many, as one picture. */
  static void save(List<XYChart> charts, int columns, Path to) {
    int rows = (charts.size() + columns - 1) / columns;
    write(
        to,
        aside ->
            BitmapEncoder.saveBitmap(
                charts, rows, columns, aside.toString(), BitmapEncoder.BitmapFormat.PNG));
  }

  /** Charts of one width, one below the other. */
  static BufferedImage stacked(List<XYChart> charts) {
    int width = charts.stream().mapToInt(XYChart::getWidth).max().orElseThrow();
    int height = charts.stream().mapToInt(XYChart::getHeight).sum();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    int y = 0;
    for (XYChart chart : charts) {
      graphics.drawImage(BitmapEncoder.getBufferedImage(chart), 0, y, null);
      y += chart.getHeight();
    }
    graphics.dispose();
    return picture;
  }

  static void save(BufferedImage picture, Path to) {
    write(to, aside -> ImageIO.write(picture, "png", aside.toFile()));
  }

  private static void write(Path to, SafeFile.Writer writer) {
    try {
      SafeFile.replace(to, writer);
    } catch (IOException e) {
      throw new UserError("Cannot write " + to + ": " + e, e);
    }
  }
}
