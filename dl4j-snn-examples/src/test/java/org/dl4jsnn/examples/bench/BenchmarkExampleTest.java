package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.support.BlasKernel;
import org.dl4jsnn.internal.simulate.Engines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.ObjectMapper;

@Tag("slow")
class BenchmarkExampleTest {

  private static final String[] SHORT = {"benchmark", "--batches", "1", "--warmup", "1"};

  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java") + "";

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @AfterEach
  void chooseEnginesAgain() {
    System.clearProperty(Engines.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({"lenet5, auto", "lenet5, dense", "vgg7, event", "dvs, event"})
  void shouldPrintALineOfFigures(String network, String engine) throws IOException {
    int exit = run("--network", network, "--engine", engine, "--steps", "2", "--batch", "2");
    assertEquals(0, exit, errors.toString());
    Map<?, ?> figures = new ObjectMapper().readValue(output.toString(), Map.class);
    assertEquals(network, figures.get("network"));
    assertEquals(engine, figures.get("engine"));
    assertEquals(2, figures.get("steps"));
    assertEquals(2, figures.get("batch"));
    for (String name :
        List.of("threads", "train_samples_per_s", "inference_samples_per_s", "backward_ms")) {
      assertTrue(((Number) figures.get(name)).doubleValue() > 0, name);
    }
    assertTrue(((String) figures.get("kernel")).matches("plain|vector, \\d+ bits"));
    assertEquals(BlasKernel.name(), figures.get("blas"));
    assertTrue(figures.containsKey("peak_mb"));
    assertEquals(network.equals("lenet5") ? 5 : 8, ((List<?>) figures.get("mean_rates")).size());
  }

  @Test
  void shouldTimeOtherRules() throws IOException {
    String[] options = {"--steps", "2", "--batch", "2", "--rule", "spatio-temporal"};
    assertEquals(0, execute(SHORT, options), errors.toString());
    Map<?, ?> figures = new ObjectMapper().readValue(output.toString(), Map.class);
    assertEquals("spatio-temporal", figures.get("rule"));
  }

  @Test
  void shouldTimeSeveralStepsAndThreadsInTurn() throws IOException {
    assertEquals(
        0, run("--steps", "2,3", "--threads", "1,2", "--batch", "2", "--rounds", "2"), "exit");
    List<String> lines = output.toString().lines().toList();
    assertEquals(4 + 2 + 4, lines.size());
    Map<?, ?> last = new ObjectMapper().readValue(lines.get(3), Map.class);
    assertEquals(3, last.get("steps"));
    assertEquals(2, last.get("threads"));
    assertTrue(lines.get(9).startsWith("| lenet5, 3, 2, 2 | "), lines.get(9));
  }

  @Test
  void shouldPrintATableOfComparisons() throws IOException {
    String figures = "{\"train_samples_per_s\":1,\"inference_samples_per_s\":2}";
    String command = printing(figures) + " {network} {steps} {batch}";
    int exit = run("--steps", "2,3", "--batch", "2", "--rounds", "1", "--compare", command);
    assertEquals(0, exit, errors.toString());
    List<String> lines = output.toString().lines().toList();
    String number = "[\\d,.]+";
    String ratios = number + " \\| 1.0 \\(1.0–1.0\\) \\| \\*\\*" + number + "\\*\\* \\| " + number;
    assertTrue(lines.get(lines.size() - 1).matches("\\| lenet5, 3, 2 \\| " + ratios + ".*"));
  }

  @Test
  void shouldRefuseAComparisonOfDifferentThings() {
    assertNotEquals(0, run("--steps", "2,3", "--compare", "other"));
    assertTrue(errors.toString().contains("must contain {steps}"), errors.toString());
    assertNotEquals(0, run("--network", "lenet5,vgg7", "--compare", "other"));
    assertTrue(errors.toString().contains("must contain {network}"), errors.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--steps, 0, 'must be at least 1, got 0'",
    "--rounds, 0, 'must be at least 1, got 0'",
    "--brightness, 0, 'must be positive and finite, got 0.0'"
  })
  void shouldNameAnOptionThatBreaksItsRule(String option, String value, String message) {
    assertNotEquals(0, run(option, value));
    assertTrue(errors.toString().contains(option + " " + message), errors.toString());
  }

  @Test
  void shouldCompareWithAnotherProgram() throws IOException {
    String figures = "{\"train_samples_per_s\":1,\"inference_samples_per_s\":2}";
    assertEquals(0, compareWith(printing(figures)), errors.toString());
    List<String> lines = output.toString().lines().toList();
    assertEquals(List.of(figures, figures), lines.subList(0, 2));
    assertTrue(lines.get(3).matches("train_samples_per_s: .*, theirs 1.0 .*, ratio .*"));
    assertTrue(lines.get(4).matches("inference_samples_per_s: .*, theirs 2.0 .*, ratio .*"));
  }

  @Test
  void shouldPrintOnlyJsonIfAsked() throws IOException {
    String other = printing("{\"train_samples_per_s\":1,\"inference_samples_per_s\":2}");
    int exit = run("--steps", "2", "--batch", "2", "--rounds", "1", "--compare", other, "--json");
    assertEquals(0, exit, errors.toString());
    List<String> lines = output.toString().lines().toList();
    assertEquals(1, lines.size(), output.toString());
    assertTrue(lines.get(0).contains("\"steps\":2"), lines.get(0));
  }

  @Test
  void shouldSayWhatIsWrongWithTheOtherProgram() throws IOException {
    assertComparisonFails("Cannot start the command to compare with", "no-such-program");
    assertComparisonFails("The command to compare with failed", JAVA + " --no-such-option");
    assertComparisonFails("must print a JSON line last, got 'no figures'", printing("no figures"));
    assertComparisonFails("must print train_samples_per_s, got {}", printing("{}"));
  }

  private void assertComparisonFails(String message, String command) {
    assertNotEquals(0, compareWith(command));
    assertTrue(errors.toString().contains(message), errors.toString());
  }

  private int compareWith(String command) {
    return run("--steps", "2", "--batch", "2", "--rounds", "2", "--compare", command);
  }

  /**
   * A command that prints a line: a class of this test, since Java compiles a source for seconds.
   */
  private String printing(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("line.txt"), line);
    return String.format(
        "'%s' -XX:TieredStopAtLevel=1 -classpath '%s' %s '%s'",
        JAVA, location(PrintedLine.class), PrintedLine.class.getName(), file);
  }

  private static String location(Class<?> program) {
    try {
      return Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldPlotLinesOfFigures() throws IOException {
    Path ours = folder.resolve("ours.jsonl");
    Path image = folder.resolve("plot.png");
    Files.write(ours, List.of(line(25, 1000), line(100, 400)));
    String[] plot = {"benchmark-plot", "--ours", ours.toString(), "--theirs", ours.toString()};
    assertEquals(0, execute(plot, "--to", image.toString()), errors.toString());
    assertTrue(Files.size(image) > 0);
    assertNotEquals(0, execute(plot, "--to", "plot.pdf"));
    assertTrue(errors.toString().contains("--to must end in .png, got plot.pdf"));
  }

  private static String line(int steps, int samples) {
    return String.format(
        "{\"network\":\"lenet5\",\"steps\":%d,\"train_samples_per_s\":%d,\"inference_samples_per_s\":%d}",
        steps, samples, 2 * samples);
  }

  private int run(String... options) {
    return execute(SHORT, options);
  }

  private static String[] concat(String[] first, String... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }

  private int execute(String[] first, String... more) {
    return Examples.commandLine(first[0])
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(concat(first, more));
  }

  @Test
  void shouldKeepQuotedWordsTogether() {
    assertEquals(
        List.of(
            "python3", "a.py", "--images", "/my sets/t.gz", "--to=C:\\my files\\x", "--steps", "5"),
        BenchmarkTable.OtherProgram.words(
            " python3 a.py --images '/my sets/t.gz'  --to=\"C:\\my files\\x\" --steps 5 "));
  }
}
