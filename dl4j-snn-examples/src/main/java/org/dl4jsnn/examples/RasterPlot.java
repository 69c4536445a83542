package org.dl4jsnn.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.knowm.xchart.AnnotationImage;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network does with one sample, step by step: its input, the spikes of layers, its output,
 * one below the other over the same axis of time.
 */
final class RasterPlot {

  private static final int WIDTH = 860;
  private static final int RASTER_HEIGHT = 250;
  private static final int OUTPUT_HEIGHT = 270;

  /** Title and axis of a chart. */
  private static final int AROUND = 90;

  /** Left of the plots' areas, so that they begin one below the other. */
  private static final int LEFT = 70;

  private static final int PLOT_WIDTH = WIDTH - LEFT - 30;
  private static final int MOST_PICTURES = 10;
  private static final int PICTURES_GAP = 6;
  private static final int LARGEST_SCALE = 4;

  /** Share of the way from step to step, and of a row, that a spike takes. */
  private static final double DASH = 0.7;

  private static final int MOST_CLASSES = 10;

  /** Share of the range of outputs that stays free above and below them. */
  private static final double MARGIN = 0.05;

  private final int steps;
  private final List<XYChart> charts = new ArrayList<>();

  RasterPlot(int steps) {
    this.steps = steps;
  }

  /** Adds the pictures of what the network was given. */
  void addInput(String title, SpikeTrain input) {
    FeatureShape shape = input.shape();
    int fitting = Math.max(1, PLOT_WIDTH / (shape.width() + PICTURES_GAP));
    OnOffPictures pictures = InputPictures.of(input, 0, Math.min(MOST_PICTURES, fitting));
    int room = PLOT_WIDTH / pictures.count() - PICTURES_GAP;
    int scale =
        Math.max(1, Math.min(LARGEST_SCALE, room / Math.max(shape.width(), shape.height())));
    XYChart chart = chart(title, shape.height() * scale + AROUND, "");
    chart.getStyler().setYAxisTicksVisible(false);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.0);
    double width = (double) steps / pictures.count();
    for (int i = 0; i < pictures.count(); i++) {
      // Ceilings, as the steps of a picture are those whose share of all falls into it.
      double first = Math.ceil(i * width) + 1;
      double last = Math.ceil((i + 1) * width);
      chart.addAnnotation(
          new AnnotationImage(pictures.picture(i, scale), (first + last) / 2, 0.5, false));
    }
    charts.add(chart);
  }

  /** Adds the spikes of a layer. */
  void addLayer(String name, SpikeRaster raster) {
    FeatureShape shape = raster.shape();
    XYChart chart =
        chart(
            name + ", " + summary(raster),
            RASTER_HEIGHT,
            shape.spatial() ? "neurons, by channel" : "neurons");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax((double) Math.max(1, raster.rows()));
    List<Integer> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int row = 0; row < raster.rows(); row++) {
      for (int step = 0; step < steps; step++) {
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
          new Dash(DASH * PLOT_WIDTH / steps, DASH * (RASTER_HEIGHT - AROUND) / raster.rows()));
      series.setMarkerColor(Color.BLACK);
    }
    charts.add(chart);
  }

  /** How many fire, and how many of them are drawn. */
  static String summary(SpikeRaster raster) {
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

  /** Adds the output of the classes after every step; of many, those largest at the end. */
  void addOutput(OutputOverTime outputs) {
    INDArray last = outputs.after(outputs.steps());
    List<Integer> classes =
        IntStream.range(0, Math.toIntExact(last.size(1)))
            .boxed()
            .sorted(Comparator.comparingDouble(label -> -last.getDouble(0, label)))
            .limit(MOST_CLASSES)
            .sorted()
            .toList();
    String title =
        classes.size() < last.size(1)
            ? "output of the " + classes.size() + " classes where it is largest at the end"
            : "output of each class";
    XYChart chart = chart(title, OUTPUT_HEIGHT, "output");
    chart.getStyler().setLegendVisible(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    List<Integer> x = IntStream.rangeClosed(1, steps).boxed().toList();
    double highest = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    for (int label : classes) {
      List<Double> y = x.stream().map(step -> outputs.after(step).getDouble(0, label)).toList();
      chart.addSeries(Integer.toString(label), x, y).setMarker(SeriesMarkers.NONE);
      highest = Math.max(highest, Collections.max(y));
      lowest = Math.min(lowest, Collections.min(y));
    }
    double margin = Math.max(MARGIN * (highest - lowest), Double.MIN_NORMAL);
    chart.getStyler().setYAxisMin(lowest - margin);
    chart.getStyler().setYAxisMax(highest + margin);
    charts.add(chart);
  }

  private XYChart chart(String title, int height, String y) {
    XYChart chart = Plots.chart(WIDTH, height, title, "time step", y, LegendPosition.InsideNE);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisMin(0.5);
    chart.getStyler().setXAxisMax(steps + 0.5);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setYAxisLeftWidthHint(LEFT);
    chart.getStyler().setPlotContentSize(1);
    chart.getStyler().setChartTitleFont(chart.getStyler().getAxisTitleFont());
    chart.getStyler().setChartTitleBoxVisible(false);
    return chart;
  }

  void save(Path to) {
    Plots.save(Plots.stacked(charts), to);
  }

  /** A spike, as wide as its step and as high as its neuron's row allow. */
  private static final class Dash extends Marker {

    private static final double WIDEST = 24;
    private static final double HIGHEST = 5;

    private final double width;
    private final double height;

    Dash(double width, double height) {
      this.width = Math.max(1, Math.min(WIDEST, width));
      this.height = Math.max(1, Math.min(HIGHEST, height));
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      graphics.fill(new Rectangle2D.Double(x - width / 2, y - height / 2, width, height));
    }
  }
}
