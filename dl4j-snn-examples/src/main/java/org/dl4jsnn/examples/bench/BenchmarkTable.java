package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.UserError;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The figures of several networks as a Markdown table, next to those of another program. */
public final class BenchmarkTable {

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
    TimedNetwork.Settings of = timed.settings;
    String name = String.format(Locale.ROOT, "%s, %d, %d", of.network(), of.steps(), of.batch());
    double training = timed.trainSamplesPerSecond();
    double inference = timed.inferenceSamplesPerSecond();
    row(
        String.join(
            " | ",
            other == null ? name + ", " + of.threads() : name,
            number(training) + beside(other, "train_samples_per_s", training),
            number(inference) + beside(other, "inference_samples_per_s", inference),
            number(timed.backwardMillis())));
  }

  private static String beside(OtherProgram other, String figure, double ours) {
    if (other == null) {
      return "";
    }
    if (!other.prints(figure)) {
      return " | – | –";
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

  /** Another program's benchmark, which prints its figures as a JSON line. */
  public static final class OtherProgram {

    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

    private final String command;
    private final List<Map<?, ?>> results = new ArrayList<>();

    public OtherProgram(String command) {
      this.command = command;
    }

    public String run() throws IOException, InterruptedException {
      ProcessBuilder builder =
          new ProcessBuilder(words(command)).redirectError(ProcessBuilder.Redirect.INHERIT);
      // Set for this process only; the other program must run as its users run it.
      builder.environment().remove("GOMP_SPINCOUNT");
      builder.environment().remove("OPENBLAS_THREAD_TIMEOUT");
      Process process;
      try {
        process = builder.start();
      } catch (IOException e) {
        throw new UserError("Cannot start the command to compare with: " + e.getMessage(), e);
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new UserError("The command to compare with failed: " + command);
      }
      String line = output.trim().substring(output.trim().lastIndexOf('\n') + 1);
      try {
        results.add(new ObjectMapper().readValue(line, Map.class));
      } catch (JsonProcessingException e) {
        throw new UserError(
            "The command to compare with must print a JSON line last, got '" + line + "'", e);
      }
      return line;
    }

    /** The words of a command; quotes keep blanks together. */
    static List<String> words(String command) {
      return WORD.matcher(command)
          .results()
          .map(word -> QUOTED.matcher(word.group()).replaceAll("$1$2"))
          .toList();
    }

    /** The number of threads that it says it used, if it is another. */
    Optional<Integer> otherThreads(int threads) {
      return results.stream()
          .map(result -> result.get("threads"))
          .filter(Integer.class::isInstance)
          .map(Integer.class::cast)
          .filter(used -> used != threads)
          .findFirst();
    }

    private static double number(Map<?, ?> result, String figure) {
      if (result.get(figure) instanceof Number number) {
        return number.doubleValue();
      }
      throw new UserError("The command to compare with must print " + figure + ", got " + result);
    }

    /** Whether it prints a figure; one that only trains has none of inference. */
    boolean prints(String figure) {
      return results.stream().allMatch(result -> result.containsKey(figure));
    }

    /** A figure from every run. */
    public List<Double> figures(String name) {
      return results.stream().map(result -> number(result, name)).toList();
    }

    /** Our figure compared with the median of theirs, as text. */
    String compare(String figure, double ours) {
      List<Double> theirs = figures(figure);
      return String.format(
          Locale.ROOT,
          "%s: %.1f, theirs %.1f %s, ratio %.1f",
          figure,
          ours,
          Median.of(theirs),
          theirs,
          ours / Median.of(theirs));
    }
  }
}
