package org.dl4jsnn.examples.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The results of the comparison of gradient rules, as Markdown tables. */
final class GradientTables {

  private GradientTables() {}

  /** Test accuracy after every epoch. */
  static String accuracies(List<Map<?, ?>> lines) {
    int epochs = list(lines.get(0), "accuracy").size();
    StringBuilder table = new StringBuilder("| T | rule |");
    IntStream.rangeClosed(1, epochs).forEach(epoch -> table.append(" epoch " + epoch + " |"));
    table.append("\n| --- | --- |" + " --- |".repeat(epochs) + "\n");
    for (Map<?, ?> line : lines) {
      String cells =
          list(line, "accuracy").stream()
              .map(accuracy -> format(" %.2f |", 100 * accuracy))
              .collect(Collectors.joining());
      table.append(format("| %s | %s |%s%n", line.get("steps"), line.get("rule"), cells));
    }
    return table.toString();
  }

  /** Seconds per epoch (the fastest, without warm-up) and peak memory. */
  static String costs(List<Map<?, ?>> lines) {
    StringBuilder table = new StringBuilder("| T | rule | s per epoch | peak memory, MB |\n");
    table.append("| --- | --- | --- | --- |\n");
    for (Map<?, ?> line : lines) {
      table.append(
          format(
              "| %s | %s | %.1f | %s |%n",
              line.get("steps"), line.get("rule"), seconds(line), line.get("peak_mb")));
    }
    return table.toString();
  }

  /** Cosines with the gradient through time. */
  static String cosines(int steps, String moment, Map<GradientRule, Map<String, Double>> cosines) {
    List<String> layers = List.copyOf(cosines.values().iterator().next().keySet());
    StringBuilder table = new StringBuilder(format("| T = %d, %s |", steps, moment));
    layers.forEach(layer -> table.append(" " + layer + " |"));
    table.append("\n| --- |" + " --- |".repeat(layers.size()) + "\n");
    cosines.forEach(
        (rule, byLayer) -> {
          table.append("| " + rule + " |");
          layers.forEach(layer -> table.append(format(" %.3f |", byLayer.get(layer))));
          table.append('\n');
        });
    return table.toString();
  }

  static double seconds(Map<?, ?> line) {
    return list(line, "epoch_s").stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  static List<Double> list(Map<?, ?> line, String name) {
    return ((List<?>) line.get(name))
        .stream().map(value -> ((Number) value).doubleValue()).toList();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
