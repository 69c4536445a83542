package org.dl4jsnn.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.OutputOverTime;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network would answer after every time step: the output of each class, in a colour of its
 * own.
 */
final class OutputPlot {

  private static final int HEIGHT = 270;
  private static final int MOST_CLASSES = 10;

  /** Share of the range of outputs left free above and below them. */
  private static final double MARGIN = 0.05;

  private OutputPlot() {}

  static XYChart of(OutputOverTime outputs, int sample) {
    Require.given("outputs", outputs);
    INDArray last = outputs.after(outputs.steps());
    Require.within("sample", sample, 0, (int) last.size(0) - 1);
    List<Integer> classes = largest(last, sample);
    String which =
        classes.size() < last.size(1)
            ? "Output of the " + classes.size() + " classes where it is largest at the end"
            : "Output of each class";
    String answer =
        ": answer "
            + outputs.classes(outputs.steps())[sample]
            + ", from step "
            + outputs.settled()[sample]
            + " on";
    XYChart chart = Charts.overTime(which + answer, HEIGHT, "output", outputs.steps());
    chart.getStyler().setLegendVisible(true);
    Charts.oneRow(chart.getStyler());
    List<Integer> x = IntStream.rangeClosed(1, outputs.steps()).boxed().toList();
    List<double[]> all = new ArrayList<>();
    for (int label : classes) {
      List<Double> y =
          x.stream().map(step -> outputs.after(step).getDouble(sample, label)).toList();
      all.add(FiniteValues.of("output of class " + label, y));
      XYSeries line = Charts.line(chart, Integer.toString(label), x, y);
      if (label == outputs.classes(outputs.steps())[sample]) {
        line.setLineStyle(Charts.bold());
      }
      // A single step has no visible line.
      line.setMarker(x.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    AxisRange.of(MARGIN, all.toArray(double[][]::new)).applyToY(chart.getStyler());
    return chart;
  }

  private static List<Integer> largest(INDArray outputs, int sample) {
    return IntStream.range(0, Math.toIntExact(outputs.size(1)))
        .boxed()
        .sorted(Comparator.comparingDouble(label -> -outputs.getDouble(sample, label)))
        .limit(MOST_CLASSES)
        .sorted()
        .toList();
  }
}
