package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.ui.KeptStats;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class GradientsExampleTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldCompareTheRules() throws IOException {
    Path stats = folder.resolve("trainings.stats");
    int exit =
        run.execute(
            "gradients",
            "--steps=3",
            "--digits=64",
            "--test-digits=64",
            "--epochs=1",
            "--batch=32",
            "--to=" + folder,
            "--ui-every=1",
            "--stats=" + stats);
    assertEquals(0, exit, run.errors());
    for (GradientRule rule : GradientRule.values()) {
      assertTrue(run.output().contains("| 3 | " + rule + " |"), run.output());
    }
    assertTrue(run.output().contains("| T = 3, before training | conv1 | conv2 | dense |"));
    assertEquals(3, Files.readAllLines(folder.resolve("gradients.jsonl")).size());
    assertTrue(Files.size(folder.resolve("accuracy.png")) > 0);
    assertEquals(Set.of("asf-T-3", "rate-T-3", "spatio-temporal-T-3"), KeptStats.sessions(stats));
    assertEquals(List.of(0, 1), KeptStats.iterations(stats, "asf-T-3"));
    assertTrue(Files.size(folder.resolve("cost.png")) > 0);

    Path again = folder.resolve("again");
    String figures = folder.resolve("gradients.jsonl").toString();
    assertEquals(0, run.execute("gradients", "--from=" + figures, "--to=" + again), run.errors());
    assertTrue(Files.size(again.resolve("cost.png")) > 0);
  }

  @Test
  void shouldNameAnOptionThatBreaksItsRule() {
    assertNotEquals(0, run.execute("gradients", "--digits=0", "--to=" + folder));
    assertTrue(run.errors().contains("--digits must be from 1 to 12000, got 0"), run.errors());
    assertNotEquals(0, run.execute("gradients", "--test-digits=2001", "--to=" + folder));
    assertTrue(
        run.errors().contains("--test-digits must be from 1 to 2000, got 2001"), run.errors());
  }

  /** Only the rule that sees time solves a task of timing. */
  @Test
  void shouldLearnATaskOfTimingInTimeOnly() {
    String[] command =
        Boolean.getBoolean("all.cases")
            ? new String[] {"timing", "--epochs=20"}
            : new String[] {"timing", "--epochs=8", "--learning-rate=1e-2"};
    assertEquals(0, run.execute(command), run.errors());
    assertTrue(accuracy(GradientRule.SPATIO_TEMPORAL) >= 95, run.output());
    assertTrue(accuracy(GradientRule.ASF) <= 70, run.output());
    assertTrue(accuracy(GradientRule.RATE) <= 70, run.output());
  }

  private double accuracy(GradientRule rule) {
    Matcher matcher = Pattern.compile(rule + " +test accuracy ([\\d.]+) %").matcher(run.output());
    assertTrue(matcher.find(), run.output());
    return Double.parseDouble(matcher.group(1));
  }
}
