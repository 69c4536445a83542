package org.dl4jsnn.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.SpikeRaster;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * Which neurons of a layer fire when: one row per firing neuron, by channel, and one dash per
 * spike.
 */
public final class RasterPlot {

  /** Height of the plot area of few rows, in pixels. */
  private static final int LEAST_HEIGHT = 160;

  /** Height of a row where there are many, in pixels: a dash of two, and one between rows. */
  private static final int LEAST_ROW = 3;

  /** Space for title and axis, and for fonts that are larger than they are here. */
  private static final int AROUND = 100;

  /** Pixels between the frame and the first and last row. */
  private static final double FREE = 3;

  /** The size of a spike, as a share of the distance between steps and of a row. */
  private static final double DASH = 0.7;

  private RasterPlot() {}

  /**
   * Draws the spikes of a layer. Many rows make the chart higher, so that each can be seen.
   *
   * @param layer its name
   * @param raster its spikes
   * @return the chart over time
   */
  public static XYChart of(String layer, SpikeRaster raster) {
    Require.given("raster", raster);
    int rows = Math.max(1, raster.rows());
    int height = Math.max(LEAST_HEIGHT, Math.multiplyExact(LEAST_ROW, rows));
    XYChart chart =
        Charts.overTime(
            layer + ", " + summary(raster),
            height + AROUND,
            raster.shape().spatial() ? "neurons, by channel" : "neurons",
            raster.steps());
    double free = FREE * rows / height;
    chart.getStyler().setYAxisMin(-free);
    chart.getStyler().setYAxisMax(rows + free);
    List<Integer> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int row = 0; row < raster.rows(); row++) {
      for (int step = 0; step < raster.steps(); step++) {
        if (raster.fired(row, step)) {
          x.add(step + 1);
          y.add(row + 0.5);
        }
      }
    }
    if (!x.isEmpty()) {
      XYSeries series = chart.addSeries("spikes", x, y);
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarker(new Dash(DASH * Charts.AREA_WIDTH / raster.steps(), DASH * height / rows));
      series.setMarkerColor(Colours.BLACK);
    }
    return chart;
  }

  /**
   * The number of neurons that fire, and of those that are drawn.
   *
   * @param raster the spikes
   * @return part of a sentence
   */
  public static String summary(SpikeRaster raster) {
    int neurons = raster.shape().neurons();
    String drawn =
        raster.rows() < raster.firing()
            ? String.format(Locale.ROOT, " (%,d of them drawn)", raster.rows())
            : "";
    return String.format(
        Locale.ROOT,
        "%s: %,d neurons fire%s, %,d are silent; %,d spikes",
        raster.shape(),
        raster.firing(),
        drawn,
        neurons - raster.firing(),
        raster.spikes());
  }
}
