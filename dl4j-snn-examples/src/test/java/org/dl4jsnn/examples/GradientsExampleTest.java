package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientsExampleTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int execute(String... arguments) {
    return Examples.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  @Test
  void shouldCompareTheRules() throws IOException {
    int exit =
        execute(
            "gradients", "--steps=3", "--digits=64", "--epochs=1", "--batch=32", "--to=" + folder);
    assertEquals(0, exit, errors.toString());
    for (GradientRule rule : GradientRule.values()) {
      assertTrue(output.toString().contains("| 3 | " + rule + " |"), output.toString());
    }
    assertTrue(output.toString().contains("| T = 3, before training | conv1 | conv2 | dense |"));
    assertEquals(3, Files.readAllLines(folder.resolve("gradients.jsonl")).size());
    assertTrue(Files.size(folder.resolve("accuracy.png")) > 0);
    assertTrue(Files.size(folder.resolve("cost.png")) > 0);

    Path again = folder.resolve("again");
    String figures = folder.resolve("gradients.jsonl").toString();
    assertEquals(0, execute("gradients", "--from=" + figures, "--to=" + again), errors + "");
    assertTrue(Files.size(again.resolve("cost.png")) > 0);
  }

  @Test
  void shouldNameAnOptionThatBreaksItsRule() {
    assertNotEquals(0, execute("gradients", "--digits=0", "--to=" + folder));
    assertTrue(errors.toString().contains("--digits must be from 1 to 12000, got 0"), errors + "");
  }

  /** Only the rule that sees time solves a task of timing. */
  @Test
  void shouldLearnATaskOfTimingInTimeOnly() {
    assertEquals(0, execute("timing", "--epochs=20"), errors.toString());
    assertTrue(accuracy(GradientRule.SPATIO_TEMPORAL) >= 95, output.toString());
    assertTrue(accuracy(GradientRule.ASF) <= 70, output.toString());
    assertTrue(accuracy(GradientRule.RATE) <= 70, output.toString());
  }

  private double accuracy(GradientRule rule) {
    Matcher matcher = Pattern.compile(rule + " +test accuracy ([\\d.]+) %").matcher(output + "");
    assertTrue(matcher.find(), output.toString());
    return Double.parseDouble(matcher.group(1));
  }
}
