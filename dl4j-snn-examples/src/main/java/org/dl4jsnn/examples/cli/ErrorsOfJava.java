package org.dl4jsnn.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Java with the Vector API writes to standard error, without the lines that Java begins with
 * by itself: that it uses an incubating module, and what it picked up from the environment. No
 * option keeps it from writing the former; the latter was said by the first Java.
 */
final class ErrorsOfJava {

  private static final String INCUBATOR = "WARNING: Using incubator modules";
  private static final List<String> PICKED_UP = List.of("Picked up ", "NOTE: Picked up ");
  private static final int PIECE = 1 << 13;

  private final InputStream errors;
  private final List<String> early = new ArrayList<>();
  private boolean started;

  ErrorsOfJava(InputStream errors) {
    this.errors = errors;
  }

  /** Whether Java came so far as to start a program. */
  boolean hasStarted() {
    return started;
  }

  /** What Java said before it started a program, or instead of it. */
  String beforeStart() {
    return String.join(" ", early);
  }

  /** Copies to the end, every piece as it comes, so that bars of progress move. */
  void copyTo(OutputStream to) throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (line.startsWith(INCUBATOR)) {
        started = true;
        for (String before : early) {
          to.write((before + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        }
        copyRest(to);
        return;
      }
      if (PICKED_UP.stream().noneMatch(line::startsWith)) {
        early.add(line);
      }
    }
  }

  private void copyRest(OutputStream to) throws IOException {
    to.flush();
    byte[] piece = new byte[PIECE];
    for (int count = errors.read(piece); count >= 0; count = errors.read(piece)) {
      to.write(piece, 0, count);
      to.flush();
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
