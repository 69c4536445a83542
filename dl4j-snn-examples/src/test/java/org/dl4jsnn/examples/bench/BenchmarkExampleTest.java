package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.examples.cli.CommandLineRun;
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

  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java") + "";

  private static final String FIGURES = "{\"train_samples_per_s\":1,\"inference_samples_per_s\":2}";

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  @AfterEach
  void chooseEnginesAgain() {
    System.clearProperty(Engines.PROPERTY);
  }

  private void time(String options, Object... values) {
    run.assertDone("benchmark --batches 1 --warmup 1 --batch 2 " + options, values);
  }

  private void assertRefused(String message, String options, Object... values) {
    run.assertRefused(
        message, "benchmark --batches 1 --warmup 1 --batch 2 --rounds 2 " + options, values);
  }

  private List<String> lines() {
    return run.output().lines().toList();
  }

  @ParameterizedTest
  @CsvSource({"lenet5, auto, 2", "lenet5, dense, 2", "vgg7, event, 1", "dvs, event, 1"})
  void shouldPrintALineOfFigures(String network, String engine, int size) throws IOException {
    run.assertDone(
        "benchmark --batches 1 --warmup 1 --batch %s --steps %s --network %s --engine %s",
        size, size, network, engine);
    Map<?, ?> figures = run.json();
    assertEquals(network, figures.get("network"));
    assertEquals(engine, figures.get("engine"));
    assertEquals(size, figures.get("steps"));
    assertEquals(size, figures.get("batch"));
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
    time("--steps 2 --rule spatio-temporal");
    assertEquals("spatio-temporal", run.json().get("rule"));
  }

  @Test
  void shouldTimeSeveralStepsAndThreadsInTurn() throws IOException {
    time("--steps 2,3 --threads 1,2 --rounds 2");
    assertEquals(4 + 2 + 4, lines().size());
    Map<?, ?> last = new ObjectMapper().readValue(lines().get(3), Map.class);
    assertEquals(3, last.get("steps"));
    assertEquals(2, last.get("threads"));
    assertTrue(lines().get(9).startsWith("| lenet5, 3, 2, 2 | "), lines().get(9));
  }

  @Test
  void shouldPrintATableOfComparisons() throws IOException {
    String command = printing(FIGURES) + " {network} {steps} {batch}";
    time("--steps 2,3 --rounds 1 --compare %s", command);
    String number = "[\\d,.]+";
    String ratios = number + " \\| 1.0 \\(1.0–1.0\\) \\| \\*\\*" + number + "\\*\\* \\| " + number;
    String last = lines().get(lines().size() - 1);
    assertTrue(last.matches("\\| lenet5, 3, 2 \\| " + ratios + ".*"), last);
  }

  @Test
  void shouldCompareWithAnotherProgram() throws IOException {
    time("--steps 2 --rounds 2 --compare %s", printing(FIGURES));
    assertEquals(List.of(FIGURES, FIGURES), lines().subList(0, 2));
    assertTrue(lines().get(3).matches("train_samples_per_s: .*, theirs 1.0 .*, ratio .*"));
    assertTrue(lines().get(4).matches("inference_samples_per_s: .*, theirs 2.0 .*, ratio .*"));
  }

  @Test
  void shouldCompareWithAProgramThatOnlyTrains() throws IOException {
    String command = printing("{\"train_samples_per_s\":1}") + " {steps}";
    time("--steps 2,3 --rounds 1 --compare %s", command);
    String last = lines().get(lines().size() - 1);
    String inference = "\\*\\* \\| [\\d,.]+ \\| – \\| – \\|";
    assertTrue(last.matches("\\| lenet5, 3, 2 \\| .*" + inference + ".*"), last);
  }

  @Test
  void shouldPrintOnlyJsonIfAsked() throws IOException {
    time("--steps 2 --rounds 1 --compare %s --json", printing(FIGURES));
    assertEquals(2, run.json().get("steps"));
  }

  @Test
  void shouldSayWhatIsWrongWithTheOtherProgram() throws IOException {
    Map<String, String> programs =
        Map.of(
            "Cannot start the command to compare with",
            "no-such-program",
            "The command to compare with failed",
            JAVA + " --no-such-option",
            "must print a JSON line last, got 'no figures'",
            printing("no figures"),
            "must print train_samples_per_s, got {}",
            printing("{}"));
    programs.forEach(
        (message, program) -> assertRefused(message, "--steps 2 --compare %s", program));
  }

  /**
   * A command that prints a line: a class of this test, since Java compiles a source for seconds.
   */
  private String printing(String line) throws IOException {
    Path file = Files.createTempFile(folder, "line", ".txt");
    Files.writeString(file, line);
    String classes =
        PrintedLine.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return String.format(
        "'%s' -XX:TieredStopAtLevel=1 -classpath '%s' '%s' '%s'",
        JAVA, new File(URI.create("file:" + classes)), PrintedLine.class.getName(), file);
  }

  /** A program that prints what is in a file. */
  static final class PrintedLine {

    private PrintedLine() {}

    public static void main(String[] file) throws IOException {
      System.out.println(Files.readString(Path.of(file[0])));
    }
  }

  @Test
  void shouldPlotLinesOfFigures() throws IOException {
    Path ours = folder.resolve("ours.jsonl");
    Path image = folder.resolve("plot.png");
    Files.write(ours, List.of(line(25, 1000), line(100, 400)));
    run.assertDone("benchmark-plot --ours %s --theirs %s --to %s", ours, ours, image);
    assertTrue(Files.size(image) > 0);
  }

  private static String line(int steps, int samples) {
    return String.format(
        "{\"network\":\"lenet5\",\"steps\":%d,\"train_samples_per_s\":%d,\"inference_samples_per_s\":%d}",
        steps, samples, 2 * samples);
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
