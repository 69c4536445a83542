package org.dl4jsnn.examples.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  private final Output output = new Output(new PrintWriter(new ByteArrayOutputStream()));

  /** The standard error of a test is no terminal. */
  @Test
  void shouldDrawNoBarIntoAFile() {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try (ProgressBar bar = Progress.bar("hearing", 10, "words", output)) {
      bar.stepTo(10);
    } finally {
      System.setErr(before);
    }
    assertEquals("", errors.toString(StandardCharsets.UTF_8));
  }

  @Test
  void shouldWriteUnitsAsAPersonDoes() {
    StringBuilder drawn = new StringBuilder();
    try (ProgressBar bar =
        Progress.builder("hearing", 10, "words", output)
            .setConsumer(new DelegatingProgressBarConsumer(drawn::append))
            .build()) {
      bar.stepTo(10);
    }
    String line = drawn.toString();
    assertEquals(
        "10/10 words", line.substring(line.lastIndexOf(']') + 2, line.lastIndexOf(" (")), line);
    assertEquals(" words/s", line.substring(line.lastIndexOf(" words/s")).stripTrailing(), line);
  }

  @ParameterizedTest
  @CsvSource({"108.34, 108", "12345.6, '12,346'", "9.26, 9.3", "0.42, 0.4", "2, 2", "0, 0"})
  void shouldRoundSpeeds(double speed, String written) {
    assertEquals(written, new Progress.Speed().format(speed));
  }
}
