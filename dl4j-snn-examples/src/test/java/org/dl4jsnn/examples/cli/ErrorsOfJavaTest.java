package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorsOfJavaTest {

  private static final String WARNING =
      "WARNING: Using incubator modules: jdk.incubator.vector" + System.lineSeparator();

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void shouldLeaveOutWhatJavaBeginsWith() throws IOException {
    ErrorsOfJava errors = errors("Picked up JAVA_TOOL_OPTIONS: -Da\n" + WARNING + "one\ntwo\n");
    errors.copyTo(shown);
    assertEquals("one\ntwo\n", shown());
    assertTrue(errors.hasStarted());
  }

  @Test
  void shouldLeaveItOutOnlyOnce() throws IOException {
    errors(WARNING + WARNING).copyTo(shown);
    assertEquals(WARNING, shown());
  }

  @Test
  void shouldKeepEverythingElseThatJavaSays() throws IOException {
    errors("warning: no disk\n" + WARNING + "one").copyTo(shown);
    assertEquals("warning: no disk" + System.lineSeparator() + "one", shown());
  }

  @Test
  void shouldSayWhyJavaDidNotStart() throws IOException {
    ErrorsOfJava errors = errors("Invalid maximum heap size: -Xmxfoo\nError: No JVM.\n");
    errors.copyTo(shown);
    assertEquals("", shown());
    assertFalse(errors.hasStarted());
    assertEquals("Invalid maximum heap size: -Xmxfoo Error: No JVM.", errors.beforeStart());
  }

  @Test
  void shouldShowABarOfProgressWhileItMoves() throws Exception {
    Thread copying;
    try (PipedOutputStream program = new PipedOutputStream()) {
      PipedInputStream end = new PipedInputStream(program);
      copying = new Thread(() -> copy(end));
      copying.start();
      program.write(WARNING.getBytes(StandardCharsets.UTF_8));
      for (String bar : new String[] {"\rtraining 10 %", "\rtraining 20 %"}) {
        program.write(bar.getBytes(StandardCharsets.UTF_8));
        program.flush();
        while (!shown().endsWith(bar)) {
          assertTrue(copying.isAlive());
          Thread.sleep(1);
        }
      }
    }
    copying.join();
  }

  private void copy(PipedInputStream from) {
    try {
      new ErrorsOfJava(from).copyTo(shown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ErrorsOfJava errors(String text) {
    return new ErrorsOfJava(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }
}
