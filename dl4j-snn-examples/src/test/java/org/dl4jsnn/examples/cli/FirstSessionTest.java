package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.cli.InstalledProgram.Run;
import org.dl4jsnn.examples.train.EpochLogs;
import org.dl4jsnn.examples.train.EventNetworkOptions;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.schedule.FixedSchedule;

/** The session of docs/start.md, commands and what each prints, runs as the page says. */
class FirstSessionTest {

  private static final Path PAGE = Path.of("..", "docs", "start.md");
  private static final String PROMPT = "$ snn ";
  private static final String ANYTHING = "…";
  private static final Pattern BLOCK = Pattern.compile("```console\\R(.*?)```", Pattern.DOTALL);

  /** The session's images, and how many panels each has. */
  private static final Map<String, Integer> PANELS =
      Map.of("curves.png", 2, "raster.png", 7, "stream.png", 1);

  private static final int STEPS = 20;

  @TempDir private Path folder;

  /**
   * A command.
   *
   * @param command words of the program
   * @param printed the lines below it; one of three dots stands for any lines
   */
  private record Step(String command, List<String> printed) {

    /** Whether the command runs until it is stopped. */
    boolean isServer() {
      return command.startsWith("ui ");
    }

    String lastWord() {
      return command.substring(command.lastIndexOf(' ') + 1);
    }

    /** The first line that a run has not printed in its place; empty if there is none. */
    String missingIn(String output) {
      List<String> lines = output.lines().filter(line -> !line.isBlank()).map(Step::shape).toList();
      int next = 0;
      boolean isAnywhere = false;
      for (String line : printed) {
        if (line.equals(ANYTHING)) {
          isAnywhere = true;
          continue;
        }
        int found = lines.subList(next, lines.size()).indexOf(shape(line));
        if (found < 0 || found > 0 && !isAnywhere) {
          return line;
        }
        next += found + 1;
        isAnywhere = false;
      }
      return next == lines.size() || isAnywhere ? "" : "the end, before: " + lines.get(next);
    }

    /** A line without what differs from run to run: folders, numbers, the width of columns. */
    private static String shape(String line) {
      return line.replaceAll("/\\S*/", "/")
          .replaceAll("\\d[\\d,.]*", "#")
          .replaceAll("\\s+", " ")
          .strip();
    }
  }

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .flatMap(block -> block.group(1).lines())
        .forEach(
            line -> {
              if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
              } else {
                steps.get(steps.size() - 1).printed().add(line);
              }
            });
    return steps;
  }

  @Test
  void shouldShowCommandsThatTheProgramUnderstands() throws IOException {
    List<Step> steps = steps();
    assertTrue(steps.size() > 6, steps.toString());
    steps.forEach(step -> SnnTest.assertUnderstood(step.command()));
  }

  @Test
  @Tag("slow")
  @EnabledIfSystemProperty(
      named = "all.cases",
      matches = "true",
      disabledReason = "two trainings: -Pexhaustive")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
  void shouldPrintWhatThePageShows() throws Exception {
    InstalledProgram program = InstalledProgram.in(folder);
    for (Step step : steps()) {
      if (step.isServer()) {
        assertServes(program, step);
        continue;
      }
      Run run = program.run(Map.of(), step.command());
      assertEquals(0, run.exit(), step.command() + ": " + run.errors());
      assertEquals("", step.missingIn(run.output()), run.output());
    }
    for (Map.Entry<String, Integer> image : PANELS.entrySet()) {
      ImageFrames.assertSound(folder.resolve(image.getKey()), image.getValue());
    }
  }

  /** It answers at the address that it prints, until it is stopped. */
  private static void assertServes(InstalledProgram program, Step step) throws Exception {
    Process server = program.builder(Map.of(), step.command() + " --ui-port 0").start();
    try {
      String last = step.printed().get(step.printed().size() - 1);
      String output = program.outputWith(last, server);
      assertEquals("", step.missingIn(output), output);
      Matcher address = Pattern.compile("http://\\S+").matcher(output);
      assertTrue(address.find(), output);
      HttpRequest overview =
          HttpRequest.newBuilder(URI.create(address.group() + "/overview")).build();
      assertEquals(
          200, HttpClient.newHttpClient().send(overview, BodyHandlers.discarding()).statusCode());
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  @Test
  void shouldNoticeAnotherLine() {
    Step step = new Step("", List.of("Data: 12 digits", "…", "Saved to /home/you/a.zip"));
    assertEquals("", step.missingIn("Data: 3,000 digits\n\nEpoch 1\nSaved to /tmp/x/a.zip\n"));
    assertEquals(
        "Data: 12 digits", step.missingIn("Begin\nData: 3 digits\nSaved to /tmp/x/a.zip\n"));
    assertEquals(
        "Saved to /home/you/a.zip", step.missingIn("Data: 3 digits\nSaved to /tmp/x/b.zip\n"));
    assertNotEquals("", step.missingIn("Data: 3 digits\nSaved to /tmp/x/a.zip\nMore\n"));
  }

  /** Drawn by networks that are not trained. */
  @Test
  @Tag("slow")
  @Timeout(600)
  void shouldDrawSoundImagesAtTwentySteps() throws IOException {
    Path digits = folder.resolve("digits.zip");
    ModelFile.save(SpikingNetworks.lenet5().steps(STEPS).init(), digits);
    EpochLogs.write(digits, epoch(1, 0.3, 0.95), epoch(2, 0.1, 0.96));
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "4C3-AP2-16";
    FrameShape frames = new FrameShape(2, STEPS, 34, 34);
    ModelFile.save(
        options.spiking(frames, 10, new FixedSchedule(1e-3), 1), folder.resolve("events.zip"));
    CommandLineRun run = new CommandLineRun();
    Path recordings = folder.resolve("recordings");
    run.assertSnnDone("events simulate --to=%s --first=18 --test-first=62", recordings);
    Set<String> drawn = new HashSet<>();
    for (Step step : steps()) {
      String last = step.lastWord();
      if (last.endsWith(".png")) {
        if (step.command().startsWith("stream ")) {
          run.setDefaults("--data=%s --set=n-mnist --steps=%s", recordings, STEPS);
        }
        // The files of the session are in the test's folder.
        run.assertSnnDone(
            step.command()
                .replaceAll(
                    "[a-z-]+\\.(zip|csv|png)", Matcher.quoteReplacement(folder + "/") + "$0"));
        ImageFrames.assertSound(folder.resolve(last), PANELS.get(last));
        drawn.add(last);
      }
    }
    assertEquals(PANELS.keySet(), drawn);
  }

  private static EpochRow epoch(int epoch, double loss, double accuracy) {
    return new EpochRow(epoch, 10 * epoch, 1e-3, loss, Double.NaN, accuracy, 3, 50, List.of());
  }
}
