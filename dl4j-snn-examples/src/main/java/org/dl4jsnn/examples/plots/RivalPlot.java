package org.dl4jsnn.examples.plots;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.RegularFiles;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.plot.Plots;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plots accuracy against images per second, from the lines of {@code snn bench rival}. */
@Command(
    name = "rival-plot",
    description = "Plot accuracy against images/s from the lines of snn bench rival.")
public final class RivalPlot extends ExampleCommand implements RunsAtOnce {

  private static final int WIDTH = 900;
  private static final double PERCENT = 100;

  @Option(
      names = "--lines",
      required = true,
      paramLabel = "NAME=FILE",
      description =
          "Lines of one network and its rivals, those of several commands one after another; may be"
              + " given several times. Each engine's points become a series; lines without an"
              + " accuracy are left out.")
  private Map<String, Path> files = new LinkedHashMap<>();

  @Option(names = "--to", required = true, description = "The image to write; must end in .png.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    ImageFiles.requirePng("--to", to);
    Map<String, Map<Double, Double>> series = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      read(file.getKey(), file.getValue(), series);
    }
    if (series.isEmpty()) {
      throw new UserError(
          "--lines must hold a line with an accuracy, got none. Possible cause: no --rival-model,"
              + " or lines of another command");
    }
    ImageFiles.save(draw(series), to);
    output().print("Saved to %s", to.toAbsolutePath());
    return 0;
  }

  /** Adds the points of a file: by engine, the accuracies by images per second. */
  private static void read(String name, Path file, Map<String, Map<Double, Double>> series)
      throws IOException {
    String why = RegularFiles.whyNot(file);
    if (why != null) {
      throw new UserError("Cannot find lines at " + file.toAbsolutePath() + ": " + why);
    }
    for (String text : Files.readAllLines(file)) {
      JsonNode line = parse(text, file);
      if (line.path("accuracy").isNumber() && line.path("images_per_s").isNumber()) {
        series
            .computeIfAbsent(name + ", " + line.path("engine").asText(), key -> new TreeMap<>())
            .put(line.path("images_per_s").asDouble(), PERCENT * line.path("accuracy").asDouble());
      }
    }
  }

  private static JsonNode parse(String text, Path file) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UserError(
          "lines must be JSON, got '"
              + text
              + "' in "
              + file
              + ". Possible cause: a log among them",
          e);
    }
  }

  private static BufferedImage draw(Map<String, Map<Double, Double>> series) {
    XYChart chart =
        Charts.xy(
            WIDTH, Charts.HEIGHT, "", "images per second", "accuracy, %", LegendPosition.OutsideE);
    chart.getStyler().setXAxisMin(0.0);
    series.forEach(
        (name, points) ->
            Charts.line(chart, name, List.copyOf(points.keySet()), List.copyOf(points.values())));
    return Plots.image(chart);
  }
}
