package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.JsonLines;
import org.dl4jsnn.examples.support.PictureFiles;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.plot.Plots;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plots time and memory against the number of steps, from the lines that benchmarks print. */
@Command(
    name = "benchmark-plot",
    description = "Plot time and memory against T from JSON lines of benchmarks.",
    mixinStandardHelpOptions = true)
public final class BenchmarkPlot implements Callable<Integer> {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final double MILLIS = 1000;

  @Option(names = "--ours", required = true, description = "JSON lines of this project.")
  private Path ours;

  @Option(names = "--theirs", required = true, description = "JSON lines of the baseline.")
  private Path theirs;

  @Option(names = "--to", required = true, description = "The picture to write; ends in .png.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    PictureFiles.requirePng(to);
    List<Map<?, ?>> us = JsonLines.read(ours);
    List<Map<?, ?>> them = JsonLines.read(theirs);
    XYChart time = chart("Training time", "ms a sample");
    time.getStyler().setYAxisLogarithmic(true);
    add(time, "PyTorch", them, line -> MILLIS / number(line, "train_samples_per_s"));
    add(time, "dl4j-snn", us, line -> MILLIS / number(line, "train_samples_per_s"));
    XYChart memory = chart("Memory of the whole process", "peak, MB");
    memory.getStyler().setYAxisMin(0.0);
    add(memory, "PyTorch", them, line -> number(line, "peak_mb"));
    add(memory, "dl4j-snn", us, line -> number(line, "peak_mb"));
    PictureFiles.save(Plots.grid(List.of(time, memory), 2), to);
    return 0;
  }

  private static XYChart chart(String title, String axis) {
    XYChart chart = Charts.xy(WIDTH, HEIGHT, title, "time steps T", axis, LegendPosition.InsideSE);
    chart.getStyler().setXAxisMin(0.0);
    return chart;
  }

  @FunctionalInterface
  private interface Figure {
    double of(Map<?, ?> line);
  }

  private static void add(XYChart chart, String name, List<Map<?, ?>> lines, Figure figure) {
    List<Double> steps = lines.stream().map(line -> number(line, "steps")).toList();
    chart.addSeries(name, steps, lines.stream().map(figure::of).toList());
  }

  private static double number(Map<?, ?> line, String name) {
    if (line.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new UserError("A line lacks the number " + name + ": " + line);
  }
}
