package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plots accuracy and loss of trainings against their epochs, from the logs beside their models. */
@Command(
    name = "training-plot",
    description = "Plot accuracy and loss of trainings from their logs.",
    mixinStandardHelpOptions = true)
final class TrainingPlot implements Callable<Integer> {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final double PERCENT = 100;

  @Option(
      names = "--log",
      required = true,
      description = "A training's name and log, NAME=FILE; may be given several times.")
  private Map<String, Path> logs = new LinkedHashMap<>();

  @Option(names = "--to", required = true, description = "The picture to write; ends in .png.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    Plots.requirePng(to);
    XYChart accuracy = chart("Test accuracy, %", LegendPosition.InsideSE);
    XYChart loss = chart("Training loss a picture", LegendPosition.InsideNE);
    for (Map.Entry<String, Path> log : logs.entrySet()) {
      List<EpochRow> rows = read(log.getValue());
      add(accuracy, log.getKey(), rows, row -> PERCENT * row.test());
      add(loss, log.getKey(), rows, EpochRow::loss);
    }
    Plots.save(List.of(accuracy, loss), 2, to);
    return 0;
  }

  private static List<EpochRow> read(Path log) throws IOException {
    if (!Files.isRegularFile(log)) {
      throw new UserError("Cannot find a log at " + log.toAbsolutePath());
    }
    try {
      List<EpochRow> rows =
          Files.readAllLines(log).stream().skip(1).map(EpochRow::fromCsv).toList();
      if (rows.isEmpty()) {
        throw new UserError(
            "A log must hold at least one epoch to be plotted, got none: " + log.toAbsolutePath());
      }
      return rows;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new UserError(
          log.toAbsolutePath()
              + " must be the log of a training (…-log.csv), got a line that is none: "
              + e.getMessage(),
          e);
    }
  }

  private static XYChart chart(String axis, LegendPosition legend) {
    XYChart chart = Plots.chart(WIDTH, HEIGHT, "", "epochs", axis, legend);
    chart.getStyler().setXAxisMin(0.0);
    return chart;
  }

  private static void add(
      XYChart chart, String name, List<EpochRow> rows, ToDoubleFunction<EpochRow> figure) {
    List<Integer> epochs = rows.stream().map(EpochRow::epoch).toList();
    List<Double> values = rows.stream().map(figure::applyAsDouble).toList();
    chart.addSeries(name, epochs, values);
  }
}
