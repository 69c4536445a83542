package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.SizedFiles;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.plot.Plots;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plots time against the number of steps, from the lines that benchmarks print. */
@Command(
    name = "benchmark-plot",
    description = "Plot time against T, one chart per network, from JSON lines of benchmarks.",
    mixinStandardHelpOptions = true)
public final class BenchmarkPlot implements Callable<Integer>, RunsAtOnce {

  /** Shares of a number left free below and above the lines. */
  private static final double BELOW = 0.45;

  private static final double ABOVE = 1.3;
  private static final double MILLIS = 1000;

  /** Titles of networks that the lines name as the benchmark's option does. */
  private static final Map<Object, Object> NAMES = Map.of("lenet5", "LeNet5", "vgg7", "VGG7");

  @Option(names = "--ours", required = true, description = "JSON lines of this project.")
  private Path ours;

  @Option(names = "--theirs", required = true, description = "JSON lines of the baseline.")
  private Path theirs;

  @Option(names = "--to", required = true, description = "The image to write; must end in .png.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    ImageFiles.requirePng("--to", to);
    List<Map<?, ?>> us = jsonLines(ours);
    List<Map<?, ?>> them = jsonLines(theirs);
    List<XYChart> charts = new ArrayList<>();
    for (Object network : us.stream().map(line -> line.get("network")).distinct().toList()) {
      XYChart chart = chart("Time per sample: " + NAMES.getOrDefault(network, network));
      for (String figure : List.of("train", "inference")) {
        String name = figure.equals("train") ? "training" : figure;
        add(chart, "PyTorch, " + name, of(network, them), figure);
        add(chart, "dl4j-snn, " + name, of(network, us), figure);
      }
      charts.add(chart);
    }
    ImageFiles.save(Plots.grid(charts, charts.size()), to);
    return 0;
  }

  private static XYChart chart(String title) {
    XYChart chart =
        Charts.xy(
            Charts.HALF_WIDTH, Charts.HEIGHT, title, "time steps T", "ms", LegendPosition.InsideSE);
    chart.getStyler().setXAxisMin(0.0).setYAxisLogarithmic(true);
    return chart;
  }

  private static List<Map<?, ?>> of(Object network, List<Map<?, ?>> lines) {
    return lines.stream().filter(line -> network.equals(line.get("network"))).toList();
  }

  /** Adds a line through the medians for each T. */
  private static void add(XYChart chart, String name, List<Map<?, ?>> lines, String figure) {
    SortedMap<Double, List<Double>> millis = new TreeMap<>();
    for (Map<?, ?> line : lines) {
      millis
          .computeIfAbsent(number(line, "steps"), steps -> new ArrayList<>())
          .add(MILLIS / number(line, figure + "_samples_per_s"));
    }
    if (!millis.isEmpty()) {
      List<Double> medians = millis.values().stream().map(Median::of).toList();
      Charts.line(chart, name, List.copyOf(millis.keySet()), medians);
      AxesChartStyler styler = chart.getStyler();
      double least = BELOW * Collections.min(medians);
      double most = ABOVE * Collections.max(medians);
      styler.setYAxisMin(
          styler.getYAxisMin() == null ? least : Math.min(least, styler.getYAxisMin()));
      styler.setYAxisMax(
          styler.getYAxisMax() == null ? most : Math.max(most, styler.getYAxisMax()));
    }
  }

  private static double number(Map<?, ?> line, String name) {
    if (line.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new UserError("A line lacks the number " + name + ": " + line);
  }

  private static List<Map<?, ?>> jsonLines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserError("Cannot find the file " + file.toAbsolutePath());
    }
    ObjectMapper json = new ObjectMapper();
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : SizedFiles.lines(file)) {
      try {
        lines.add(json.readValue(line, Map.class));
      } catch (JsonProcessingException e) {
        throw new UserError("Every line of " + file + " must be JSON, got: " + line, e);
      }
    }
    return lines;
  }
}
