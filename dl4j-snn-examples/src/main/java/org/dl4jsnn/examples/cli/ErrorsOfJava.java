package org.dl4jsnn.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The standard error of a Java with the Vector API, without Java's first lines: the warning about
 * an incubating module, and what it picked up from the environment. No option suppresses the
 * former; the first Java already printed the latter.
 */
final class ErrorsOfJava {

  private static final String INCUBATOR = "WARNING: Using incubator modules";
  private static final List<String> PICKED_UP = List.of("Picked up ", "NOTE: Picked up ");

  private final InputStream errors;
  private final List<String> early = new ArrayList<>();
  private boolean started;

  ErrorsOfJava(InputStream errors) {
    this.errors = errors;
  }

  /** Whether Java got as far as starting a program. */
  boolean hasStarted() {
    return started;
  }

  /** What Java printed before or instead of starting a program. */
  String beforeStart() {
    return String.join(" ", early);
  }

  /** Copies to the end, every piece at once, so that progress bars move. */
  void copyTo(OutputStream to) throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (line.startsWith(INCUBATOR)) {
        started = true;
        for (String before : early) {
          to.write((before + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        }
        errors.transferTo(to);
        return;
      }
      if (PICKED_UP.stream().noneMatch(line::startsWith)) {
        early.add(line);
      }
    }
  }

  /** Null at the end. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = errors.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = errors.read();
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
