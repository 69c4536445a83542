package org.dl4jsnn.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.SpikeRaster;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;

/**
 * Which neurons of a layer fire when: one row per firing neuron, by channel, and one dash per
 * spike.
 */
final class RasterPlot {

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
      series.setMarker(new Dash(DASH * Charts.AREA_WIDTH / raster.steps(), DASH * height / rows));
      series.setMarkerColor(Colours.BLACK);
    }
    return chart;
  }

  /**
   * A spike, as wide as its step allows and as high as its neuron's row allows. Its upper and lower
   * edges are those of pixels, so that dashes of neighbouring rows stay apart.
   */
  private static final class Dash extends Marker {

    private static final double WIDEST = 24;
    private static final double HIGHEST = 5;

    private final double width;
    private final double height;

    Dash(double width, double height) {
      this.width = Math.max(1, Math.min(WIDEST, width));
      this.height = Math.max(1, Math.min(HIGHEST, Math.floor(height)));
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      graphics.fill(
          new Rectangle2D.Double(x - width / 2, Math.round(y - height / 2), width, height));
    }
  }
}
