package org.dl4jsnn.plot;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.SpikeRaster;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;

/**
 * Which neurons of a layer fire when: one row per firing neuron, by channel, and one dot per spike.
 */
final class RasterPlot {

  /** Height of the plot area of few rows, in units. */
  private static final int LEAST_HEIGHT = 140;

  /** Height of a row where there are many, in units. */
  private static final int LEAST_ROW = 3;

  /** Space for title and axis, and for fonts that are larger than they are here. */
  private static final int AROUND = 100;

  /** Units between the frame and the first and last row. */
  private static final double FREE = 3;

  /** The diameter of a spike, as a share of the distance between steps and of a row. */
  private static final double SHARE = 0.8;

  private static final double LEAST_DOT = 0.8;
  private static final double LARGEST_DOT = 6;

  private RasterPlot() {}

  static XYChart of(String layer, SpikeRaster raster) {
    Require.given("raster", raster);
    int rows = Math.max(1, raster.rows());
    int height = Math.max(LEAST_HEIGHT, Math.multiplyExact(LEAST_ROW, rows));
    XYChart chart =
        Charts.overTime(
            layer + ", " + raster.summary(),
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
      series.setMarker(
          new Dot(Math.min((double) Charts.AREA_WIDTH / raster.steps(), (double) height / rows)));
      series.setMarkerColor(Charts.TEXT);
    }
    return chart;
  }

  /** A spike: a dot as large as its neuron's row and its step allow. */
  private static final class Dot extends Marker {

    private final double diameter;

    Dot(double room) {
      diameter = Math.max(LEAST_DOT, Math.min(LARGEST_DOT, SHARE * room));
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      graphics.fill(new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter));
    }
  }
}
