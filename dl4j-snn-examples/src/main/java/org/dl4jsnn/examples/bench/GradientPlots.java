package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dl4jsnn.examples.support.PictureFiles;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.plot.Plots;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws the results of the comparison of gradient rules. */
final class GradientPlots {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;
  private static final double PERCENT = 100;

  private GradientPlots() {}

  /** Writes accuracy.png, with one chart per T, and cost.png, time and memory against T. */
  static void save(List<Map<?, ?>> lines, Path folder) {
    List<XYChart> accuracies = new ArrayList<>();
    for (Object steps : distinct(lines, "steps").toList()) {
      XYChart chart = chart("T = " + steps, "epoch", "test accuracy, %", LegendPosition.InsideSE);
      for (Map<?, ?> line : lines) {
        if (line.get("steps").equals(steps)) {
          List<Double> values =
              GradientTables.list(line, "accuracy").stream().map(a -> PERCENT * a).toList();
          List<Integer> epochs = IntStream.rangeClosed(1, values.size()).boxed().toList();
          chart.addSeries((String) line.get("rule"), epochs, values);
        }
      }
      accuracies.add(chart);
    }
    PictureFiles.save(Plots.grid(accuracies, 2), folder.resolve("accuracy.png"));
    XYChart time = chart("Training time", "time steps T", "s per epoch", LegendPosition.OutsideS);
    time.getStyler().setYAxisLogarithmic(true);
    addAgainstSteps(time, lines, GradientTables::seconds);
    XYChart memory =
        chart("Memory of the whole process", "time steps T", "peak, MB", LegendPosition.OutsideS);
    memory.getStyler().setYAxisMin(0.0);
    addAgainstSteps(memory, lines, line -> number(line, "peak_mb"));
    PictureFiles.save(Plots.grid(List.of(time, memory), 2), folder.resolve("cost.png"));
  }

  private static Stream<Object> distinct(List<Map<?, ?>> lines, String name) {
    return lines.stream().<Object>map(line -> line.get(name)).distinct();
  }

  private static void addAgainstSteps(
      XYChart chart, List<Map<?, ?>> lines, ToDoubleFunction<Map<?, ?>> figure) {
    for (Object rule : distinct(lines, "rule").toList()) {
      List<Map<?, ?>> own = lines.stream().filter(line -> line.get("rule").equals(rule)).toList();
      List<Double> steps = own.stream().map(line -> number(line, "steps")).toList();
      chart.addSeries(
          (String) rule, steps, own.stream().map(line -> figure.applyAsDouble(line)).toList());
    }
  }

  private static double number(Map<?, ?> line, String name) {
    return line.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static XYChart chart(String title, String x, String y, LegendPosition legend) {
    XYChart chart = Charts.xy(WIDTH, HEIGHT, title, x, y, legend);
    chart.getStyler().setXAxisDecimalPattern("0");
    return chart;
  }
}
