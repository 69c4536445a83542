package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The examples' command line, and what was printed on it. */
final class CommandLineRun {

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  /** Runs a command; returns its exit code. */
  int execute(String... arguments) {
    return Examples.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  String output() {
    return output.toString();
  }

  String errors() {
    return errors.toString();
  }

  /** Forgets what was printed. */
  void clear() {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
  }

  void assertPrinted(String part) {
    assertTrue(output().contains(part), output());
  }

  void assertComplained(String part) {
    assertTrue(errors().contains(part), errors());
  }
}
