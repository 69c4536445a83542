package org.dl4jsnn.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

/** Accuracy, loss or any other figure of trainings over epochs. */
final class LearningCurves {

  private static final double PERCENT = 100;
  private static final double MARGIN = 0.05;

  /** Epochs left free at both ends of the axis if there is only one epoch. */
  private static final double FREE_AROUND_ONE = 0.5;

  private static final String ACCURACY = "test accuracy, %";
  private static final String LOSS = "training loss per sample";

  private LearningCurves() {}

  static XYChart of(String figure, Map<String, ? extends List<? extends Number>> curves) {
    Require.atLeast("curves", curves.size(), 1);
    Map<String, Curve> all = new LinkedHashMap<>();
    curves.forEach(
        (name, values) -> {
          double[] figures = FiniteValues.of(figure + " of " + name, values);
          double[] epochs = IntStream.rangeClosed(1, figures.length).asDoubleStream().toArray();
          all.put(name, new Curve(epochs, figures));
        });
    return draw(figure, all);
  }

  /** Figures, and the epochs that they are of. */
  private record Curve(double[] epochs, double[] figures) {

    double last() {
      return figures[figures.length - 1];
    }
  }

  private static XYChart draw(String figure, Map<String, Curve> curves) {
    XYChart chart =
        Charts.xy(
            Charts.HALF_WIDTH,
            Charts.HEIGHT,
            title(figure),
            "epoch",
            figure,
            LegendPosition.InsideSE);
    boolean rising = false;
    for (Map.Entry<String, Curve> curve : curves.entrySet()) {
      Curve points = curve.getValue();
      rising |= points.last() >= points.figures()[0];
      Charts.line(chart, curve.getKey(), list(points.epochs()), list(points.figures()));
    }
    XYStyler styler = chart.getStyler();
    styler.setPlotContentSize(1);
    double first =
        curves.values().stream().mapToDouble(curve -> curve.epochs()[0]).min().orElseThrow();
    double last =
        curves.values().stream()
            .flatMapToDouble(curve -> Arrays.stream(curve.epochs()))
            .max()
            .orElseThrow();
    double free = last == first ? FREE_AROUND_ONE : MARGIN * (last - first);
    // Less than an epoch, so that the axis begins with the first one and not before.
    styler.setXAxisMin(first - Math.min(free, FREE_AROUND_ONE));
    styler.setXAxisMax(last + free);
    styler.setXAxisDecimalPattern("0");
    AxisRange.of(MARGIN, curves.values().stream().map(Curve::figures).toArray(double[][]::new))
        .applyToY(styler);
    // The legend goes to the corner that curves leave free.
    styler.setLegendPosition(rising ? LegendPosition.InsideSE : LegendPosition.InsideNE);
    styler.setLegendVisible(curves.size() > 1);
    return chart;
  }

  static BufferedImage of(Map<String, EpochTable> logs) {
    Require.atLeast("logs", logs.size(), 1);
    Map<String, Curve> accuracies = new LinkedHashMap<>();
    Map<String, Curve> losses = new LinkedHashMap<>();
    logs.forEach(
        (name, log) -> {
          double[] epochs = FiniteValues.of("epoch of " + name, log.column("epoch"));
          List<Double> accuracy =
              log.column("test_accuracy").stream().map(share -> PERCENT * share).toList();
          accuracies.put(
              name, new Curve(epochs, FiniteValues.of(ACCURACY + " of " + name, accuracy)));
          losses.put(
              name, new Curve(epochs, FiniteValues.of(LOSS + " of " + name, log.column("loss"))));
        });
    XYChart accuracy = draw(ACCURACY, accuracies);
    accuracy.getStyler().setLegendVisible(false); // that of the other chart names the same lines
    return Plots.grid(List.of(accuracy, draw(LOSS, losses)), 2);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** "Test accuracy over the epochs" of "test accuracy, %". */
  private static String title(String figure) {
    String name = figure.split(",", 2)[0];
    String start = name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT);
    return start + name.substring(start.length()) + " over the epochs";
  }
}
