package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The examples' command line, and what was printed on it. */
public final class CommandLineRun {

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  /** Runs an example; returns its exit code. */
  public int execute(String... arguments) {
    return execute(Examples.commandLine(arguments), arguments);
  }

  /** Runs a command of the program snn; returns its exit code. */
  public int executeSnn(String... arguments) {
    return execute(Snn.commandLine(arguments), arguments);
  }

  private int execute(CommandLine commandLine, String... arguments) {
    return commandLine
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  public String output() {
    return output.toString();
  }

  public String errors() {
    return errors.toString();
  }

  /** Forgets what was printed. */
  public void clear() {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
  }

  public void assertPrinted(String part) {
    assertTrue(output().contains(part), output());
  }

  public void assertComplained(String part) {
    assertTrue(errors().contains(part), errors());
  }
}
