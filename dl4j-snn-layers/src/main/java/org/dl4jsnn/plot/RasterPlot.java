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

  private static final int HEIGHT = 250;

  /** Space for title and axis. */
  private static final int AROUND = 90;

  /** The size of a spike, as a share of the distance between steps and of a row. */
  private static final double DASH = 0.7;

  private RasterPlot() {}

  /**
   * Draws the spikes of a layer.
   *
   * @param layer its name
   * @param raster its spikes
   * @return the chart over time
   */
  public static XYChart of(String layer, SpikeRaster raster) {
    Require.given("raster", raster);
    XYChart chart =
        Charts.overTime(
            layer + ", " + summary(raster),
            HEIGHT,
            raster.shape().spatial() ? "neurons, by channel" : "neurons",
            raster.steps());
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax((double) Math.max(1, raster.rows()));
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
      series.setMarker(
          new Dash(
              DASH * Charts.AREA_WIDTH / raster.steps(), DASH * (HEIGHT - AROUND) / raster.rows()));
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
