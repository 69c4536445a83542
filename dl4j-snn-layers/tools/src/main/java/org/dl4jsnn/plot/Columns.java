package org.dl4jsnn.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

/**
 * Draws charts whose plot areas begin at the same unit. XChart only estimates how much space the
 * labels of an axis take, and knows it after drawing. Of charts over the same time steps, only the
 * lowest keeps its time axis.
 */
final class Columns {

  /** Drawings of a chart until its edge is where it should be; two are usual. */
  private static final int MOST_DRAWINGS = 5;

  /** Units left below a plot area without an axis. */
  private static final int BELOW = 4;

  private Columns() {}

  /** Draws charts that will be arranged row by row, with aligned columns. */
  static List<BufferedImage> aligned(List<? extends Chart<?, ?>> charts, int columns) {
    List<BufferedImage> images = new ArrayList<>();
    int[] edges = new int[columns];
    for (int i = 0; i < charts.size(); i++) {
      images.add(Plots.image(charts.get(i)));
      edges[i % columns] = Math.max(edges[i % columns], edge(charts.get(i)));
    }
    for (int i = 0; i < charts.size(); i++) {
      Chart<?, ?> chart = charts.get(i);
      if (chart.getStyler() instanceof AxesChartStyler styler
          && edge(chart) != edges[i % columns]) {
        images.set(i, moved(chart, styler, edges[i % columns]));
      }
      if (i + columns < charts.size() && isSameAxis(chart, charts.get(i + columns))) {
        images.set(i, withoutAxis(chart, images.get(i)));
      }
    }
    return images;
  }

  /** If two charts are over the same steps, with nothing below the upper one's axis. */
  private static boolean isSameAxis(Chart<?, ?> upper, Chart<?, ?> lower) {
    return upper.getStyler() instanceof XYStyler over
        && lower.getStyler() instanceof XYStyler under
        && over.getYAxisMin() != null
        && over.getXAxisMax() != null
        && over.getXAxisMax().equals(under.getXAxisMax())
        && over.getXAxisMin().equals(under.getXAxisMin())
        && upper.getXAxisTitle().equals(lower.getXAxisTitle())
        && !(over.isLegendVisible() && over.getLegendPosition() == LegendPosition.OutsideS);
  }

  private static BufferedImage withoutAxis(Chart<?, ?> chart, BufferedImage image) {
    double lowest = ((XYStyler) chart.getStyler()).getYAxisMin();
    double bottom = Charts.SCALE * (chart.getScreenYFromChart(lowest) + BELOW);
    return image.getSubimage(
        0, 0, image.getWidth(), Math.min(image.getHeight(), (int) Math.ceil(bottom)));
  }

  /** Draws a chart whose plot area begins at a whole unit; leaves its style as it was. */
  private static BufferedImage moved(Chart<?, ?> chart, AxesChartStyler styler, int edge) {
    int before = styler.getYAxisLeftWidthHint();
    int hint = Math.max(before, edge);
    styler.setYAxisLeftWidthHint(hint);
    BufferedImage image = Plots.image(chart);
    for (int drawn = 1; drawn < MOST_DRAWINGS && edge(chart) != edge; drawn++) {
      hint += edge - edge(chart);
      styler.setYAxisLeftWidthHint(hint);
      image = Plots.image(chart);
    }
    styler.setYAxisLeftWidthHint(before);
    return image;
  }

  /** The whole unit at which the plot area of a chart that was drawn begins; 0 without axes. */
  private static int edge(Chart<?, ?> chart) {
    return chart.getStyler() instanceof AxesChartStyler
        ? (int) Math.floor(chart.getYAxisLeftWidth())
        : 0;
  }
}
