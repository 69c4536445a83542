package org.dl4jsnn.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dl4jsnn.examples.support.Output;

/** Prints one row per training, then the mean and spread of each kind of network. */
final class SeedTable {

  private static final double PERCENT = 100;

  private final List<String> classes;
  private final Output output;
  private final Map<String, List<Double>> accuracies = new LinkedHashMap<>();

  /**
   * Creates a table.
   *
   * @param classes the classes whose recall has a column
   */
  SeedTable(List<String> classes, Output output) {
    this.classes = classes;
    this.output = output;
    output.print(
        "| network | seed | chosen after epoch | held out | test | samples/s |%s",
        cells(classes.stream()));
    output.print("|%s", " --- |".repeat(6 + classes.size()));
  }

  void add(String network, long seed, SeedRun.Result result) {
    accuracies
        .computeIfAbsent(network, kind -> new ArrayList<>())
        .add(PERCENT * result.test().accuracy());
    String recalls =
        cells(
            IntStream.range(0, classes.size())
                .mapToObj(label -> percent(result.test().recall(label))));
    output.print(
        "| %s | %d | %d | %s | %s | %.0f |%s",
        network,
        seed,
        result.epoch(),
        Double.isNaN(result.heldOut()) ? "" : percent(result.heldOut()),
        percent(result.test().accuracy()),
        result.samplesPerSecond(),
        recalls);
  }

  private static String cells(Stream<String> texts) {
    return texts.map(text -> " " + text + " |").collect(Collectors.joining());
  }

  void summary() {
    accuracies.forEach(
        (network, all) -> {
          double mean = all.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
          double squares = all.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
          output.print(
              "%s: mean of %d seeds %.2f %%, standard deviation %.2f, from %.2f to %.2f %%",
              network,
              all.size(),
              mean,
              Math.sqrt(squares / Math.max(1, all.size() - 1)),
              all.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
              all.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
        });
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", PERCENT * share);
  }
}
