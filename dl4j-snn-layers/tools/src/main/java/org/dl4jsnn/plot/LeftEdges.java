package org.dl4jsnn.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * Draws charts whose plot areas begin at the same pixel. XChart only estimates how much space the
 * labels of an axis take, and knows it after drawing.
 */
final class LeftEdges {

  /** Drawings of a chart until its edge is where it should be; two are usual. */
  private static final int MOST_DRAWINGS = 5;

  private LeftEdges() {}

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
    }
    return images;
  }

  /** Draws a chart whose plot area begins at a pixel; leaves its style as it was. */
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

  /** The pixel at which the plot area of a chart that was drawn begins; 0 without axes. */
  private static int edge(Chart<?, ?> chart) {
    return chart.getStyler() instanceof AxesChartStyler
        ? (int) Math.floor(chart.getYAxisLeftWidth())
        : 0;
  }
}
