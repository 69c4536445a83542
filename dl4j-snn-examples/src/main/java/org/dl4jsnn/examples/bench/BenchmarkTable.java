package org.dl4jsnn.examples.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.dl4jsnn.examples.support.Median;

/** The figures of several networks as a Markdown table, next to those of another program. */
final class BenchmarkTable {

  private final List<String> rows = new ArrayList<>();

  BenchmarkTable(boolean compares) {
    row(
        compares
            ? "network, T, minibatch | training, samples/s | theirs | ratio"
                + " | inference, samples/s | theirs | ratio | backward, ms per minibatch"
            : "network, T, minibatch, threads | training, samples/s | inference, samples/s"
                + " | backward, ms per minibatch");
    row("---" + " | ---".repeat(compares ? 7 : 3));
  }

  private void row(String cells) {
    rows.add("| " + cells + " |");
  }

  /** Adds a network; the other program may be null. */
  void add(TimedNetwork timed, OtherProgram other) {
    String name =
        String.format(Locale.ROOT, "%s, %d, %d", timed.network(), timed.steps(), timed.batch());
    double training = timed.trainSamplesPerSecond();
    double inference = timed.inferenceSamplesPerSecond();
    row(
        String.join(
            " | ",
            other == null ? name + ", " + timed.threads() : name,
            number(training) + beside(other, "train_samples_per_s", training),
            number(inference) + beside(other, "inference_samples_per_s", inference),
            number(timed.backwardMillis())));
  }

  private static String beside(OtherProgram other, String figure, double ours) {
    if (other == null) {
      return "";
    }
    List<Double> theirs = other.figures(figure);
    double median = Median.of(theirs);
    return String.format(
        Locale.ROOT,
        " | %s (%s–%s) | **%.1f**",
        number(median),
        number(Collections.min(theirs)),
        number(Collections.max(theirs)),
        ours / median);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), rows);
  }
}
