package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.examples.cli.FirstSession.Step;
import org.dl4jsnn.examples.cli.InstalledProgram.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The session of docs/start.md runs as the page says. */
class FirstSessionTest {

  @TempDir private Path folder;

  @Test
  void shouldShowCommandsThatTheProgramUnderstands() throws IOException {
    List<Step> steps = FirstSession.steps();
    assertTrue(steps.size() > 6, steps.toString());
    for (Step step : steps) {
      String[] arguments = step.arguments().toArray(String[]::new);
      Snn.commandLine(arguments).parseArgs(arguments);
    }
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
    for (Step step : FirstSession.steps()) {
      if (step.isServer()) {
        assertServes(program, step);
        continue;
      }
      Run run = program.run(Map.of(), step.arguments().toArray(String[]::new));
      assertEquals(0, run.exit(), step.arguments() + ": " + run.errors());
      assertEquals("", step.missingIn(run.output()), run.output());
    }
    for (Map.Entry<String, Integer> image : SessionImagesTest.PANELS.entrySet()) {
      ImageFrames.assertSound(folder.resolve(image.getKey()), image.getValue());
    }
  }

  /** It answers at the address that it prints, until it is stopped. */
  private static void assertServes(InstalledProgram program, Step step) throws Exception {
    List<String> arguments = new ArrayList<>(step.arguments());
    arguments.addAll(List.of("--ui-port", "0"));
    Process server = program.builder(Map.of(), arguments.toArray(String[]::new)).start();
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
    Step step = new Step(List.of(), List.of("Data: 12 digits", "…", "Saved to /home/you/a.zip"));
    assertEquals("", step.missingIn("Data: 3,000 digits\n\nEpoch 1\nSaved to /tmp/x/a.zip\n"));
    assertEquals(
        "Data: 12 digits", step.missingIn("Begin\nData: 3 digits\nSaved to /tmp/x/a.zip\n"));
    assertEquals(
        "Saved to /home/you/a.zip", step.missingIn("Data: 3 digits\nSaved to /tmp/x/b.zip\n"));
    assertNotEquals("", step.missingIn("Data: 3 digits\nSaved to /tmp/x/a.zip\nMore\n"));
  }
}
