package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.ui.KeptStats;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ChoicesExampleTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldPrintARowAndKeepASessionForEachChoice() throws IOException {
    Path stats = folder.resolve("choices.stats");
    String[] command = {
      "choices", "--digits=20", "--test-digits=20", "--epochs=1", "--ui-every=1", "--stats=" + stats
    };
    assertEquals(0, run.execute(command), run.errors());
    String[] lines = run.output().split("\\R");
    assertEquals("| choice | accuracy, % | loss | rates, % | digits/s |", lines[0]);
    assertEquals(2 + 24, lines.length, run.output());
    for (int i = 2; i < lines.length; i++) {
      assertTrue(
          lines[i].matches("\\| [^|]+ \\| [0-9.]+ \\| [^|]+ \\| [0-9./ ]+ \\| [0-9]+ \\|"),
          lines[i]);
    }
    Set<String> sessions = KeptStats.sessions(stats);
    assertEquals(24, sessions.size(), sessions.toString());
    assertTrue(sessions.contains("none"), sessions.toString());
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertEquals(1, run.execute("choices", "--digits=0"));
    assertEquals(1, run.execute("choices", "--epochs=0"));
    assertEquals(1, run.execute("choices", "--test-digits=3000"));
    assertTrue(run.errors().contains("--digits must be from 1 to 12000, got 0"), run.errors());
    assertTrue(
        run.errors().contains("--test-digits must be from 1 to 2000, got 3000"), run.errors());
    assertTrue(run.errors().contains("--epochs must be at least 1, got 0"), run.errors());
  }
}
