package org.dl4jsnn.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Accuracy, loss or any other figure of trainings over epochs. */
public final class LearningCurves {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final double PERCENT = 100;
  private static final double MARGIN = 0.05;
  private static final int DOT = 6;

  private LearningCurves() {}

  /**
   * Draws curves.
   *
   * @param figure the figure with its unit, which names the y axis
   * @param curves one figure per epoch, starting with epoch 1, by training name; at least one curve
   * @return the chart
   * @throws IllegalArgumentException if there is no curve, or a figure is not finite
   */
  public static XYChart of(String figure, Map<String, ? extends List<? extends Number>> curves) {
    Require.atLeast("curves", curves.size(), 1);
    List<double[]> all = new ArrayList<>();
    boolean rising = false;
    XYChart chart = Charts.xy(WIDTH, HEIGHT, "", "epoch", figure, LegendPosition.InsideSE);
    int epochs = 0;
    for (Map.Entry<String, ? extends List<? extends Number>> curve : curves.entrySet()) {
      double[] values = FiniteValues.of(figure + " of " + curve.getKey(), curve.getValue());
      all.add(values);
      rising |= values[values.length - 1] >= values[0];
      epochs = Math.max(epochs, values.length);
      double[] x = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
      XYSeries series = chart.addSeries(curve.getKey(), x, values);
      series.setMarker(SeriesMarkers.CIRCLE);
    }
    chart.getStyler().setMarkerSize(DOT);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(epochs + MARGIN * epochs);
    chart.getStyler().setXAxisDecimalPattern("0");
    AxisRange.of(MARGIN, all.toArray(double[][]::new)).applyToY(chart.getStyler());
    // The legend goes to the corner that curves leave free.
    chart.getStyler().setLegendPosition(rising ? LegendPosition.InsideSE : LegendPosition.InsideNE);
    chart.getStyler().setLegendVisible(curves.size() > 1);
    return chart;
  }

  /**
   * Draws test accuracy and training loss from logs, side by side.
   *
   * @param logs the logs of trainings, by training name; at least one
   * @return the picture
   * @throws IllegalArgumentException if there is no log, one lacks a column, or a figure is not
   *     finite
   */
  public static BufferedImage of(Map<String, EpochTable> logs) {
    Map<String, List<Double>> accuracies = new LinkedHashMap<>();
    Map<String, List<Double>> losses = new LinkedHashMap<>();
    logs.forEach(
        (name, log) -> {
          List<Double> accuracy = log.column("test_accuracy");
          accuracies.put(name, accuracy.stream().map(share -> PERCENT * share).toList());
          losses.put(name, log.column("loss"));
        });
    return Plots.grid(
        List.of(of("test accuracy, %", accuracies), of("training loss a picture", losses)), 2);
  }
}
