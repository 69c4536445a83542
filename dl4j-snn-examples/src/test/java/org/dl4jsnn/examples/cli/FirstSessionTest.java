package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      Run run = program.run(Map.of(), step.arguments().toArray(String[]::new));
      assertEquals(0, run.exit(), step.arguments() + ": " + run.errors());
      assertEquals("", step.missingIn(run.output()), run.output());
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
