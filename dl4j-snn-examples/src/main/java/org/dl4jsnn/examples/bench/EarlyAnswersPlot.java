package org.dl4jsnn.examples.bench;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.dl4jsnn.monitor.ExitCalibration;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.runtime.EarlyExit;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Draws the accuracy of early answers against their steps on average: a line per measure, through
 * many limits, beside answers that all come after the same step.
 *
 * @param answers the answers after every step
 * @param steps T
 */
record EarlyAnswersPlot(ExitCalibration answers, int steps) {

  private static final int WIDTH = 640;
  private static final int LIMITS = 50;
  private static final double PERCENT = 100;

  /** More than the entropy of ten classes, ln 10. */
  private static final double LARGEST_ENTROPY = 2.5;

  /** Sure after so many steps, whatever the outputs. */
  static EarlyExit after(int steps) {
    return EarlyExit.lead(0).notBefore(steps);
  }

  BufferedImage draw() {
    XYChart chart =
        Charts.xy(
            WIDTH,
            Charts.HEIGHT,
            "",
            "time steps of an answer, on average",
            "accuracy, %",
            LegendPosition.InsideSE);
    add(
        chart,
        "all after the same step",
        IntStream.rangeClosed(1, steps).boxed().toList().stream()
            .map(EarlyAnswersPlot::after)
            .toList());
    for (EarlyExit.Measure measure : EarlyExit.Measure.values()) {
      if (answers.takes(measure)) {
        double most = measure == EarlyExit.Measure.ENTROPY ? LARGEST_ENTROPY : 1;
        List<EarlyExit> exits =
            IntStream.rangeClosed(0, LIMITS)
                .mapToObj(i -> EarlyExit.of(measure, most * i / LIMITS))
                .toList();
        add(chart, measure.name().toLowerCase(Locale.ROOT), exits);
      }
    }
    return Plots.image(chart);
  }

  /** A line through policies, by their steps. */
  private void add(XYChart chart, String name, List<EarlyExit> exits) {
    Map<Double, Double> accuracies = new TreeMap<>();
    exits.forEach(
        exit -> accuracies.put(answers.meanSteps(exit), PERCENT * answers.accuracy(exit)));
    Charts.line(chart, name, List.copyOf(accuracies.keySet()), List.copyOf(accuracies.values()));
  }
}
