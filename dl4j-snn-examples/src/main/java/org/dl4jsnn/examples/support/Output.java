package org.dl4jsnn.examples.support;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where and how much a program prints. */
public final class Output {

  private final PrintWriter writer;
  private final PrintWriter warnings;
  private final boolean isQuiet;
  private final boolean isJson;

  private Output(PrintWriter writer, PrintWriter warnings, boolean isQuiet, boolean isJson) {
    this.writer = writer;
    this.warnings = warnings;
    this.isQuiet = isQuiet;
    this.isJson = isJson;
  }

  /** An output that prints everything except JSON. */
  public Output(PrintWriter writer) {
    this(writer, writer, false, false);
  }

  /**
   * An output according to a command's options {@code --quiet} and {@code --json}, which it may
   * lack.
   */
  public static Output of(CommandSpec command) {
    boolean isJson = isGiven(command, JsonOption.JSON);
    boolean isQuiet = isJson || isGiven(command.root(), QuietOption.QUIET);
    CommandLine line = command.commandLine();
    // An output read by a program must contain only the object.
    return new Output(line.getOut(), isJson ? line.getErr() : line.getOut(), isQuiet, isJson);
  }

  private static boolean isGiven(CommandSpec command, String option) {
    OptionSpec found = command.findOption(option);
    return found != null && Boolean.TRUE.equals(found.getValue());
  }

  /** Whether to show only results, without progress bars. */
  public boolean isQuiet() {
    return isQuiet;
  }

  /** Prints a result, unless it is printed as JSON. */
  public void print(String format, Object... values) {
    if (!isJson) {
      println(writer, format, values);
    }
  }

  /** Prints a warning, always. */
  public void warning(String format, Object... values) {
    println(warnings, format, values);
  }

  /** Prints progress, unless quiet. */
  public void progress(String format, Object... values) {
    if (!isQuiet) {
      print(format, values);
    }
  }

  /** Prints a result as JSON, if requested. */
  public void json(Map<String, ?> result) {
    if (isJson) {
      try {
        println(writer, "%s", new ObjectMapper().writeValueAsString(result));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a result must be writable as JSON, got " + result, e);
      }
    }
  }

  private static void println(PrintWriter to, String format, Object... values) {
    to.println(String.format(Locale.ROOT, format, values));
    to.flush();
  }

  /** For commands with machine-readable results. */
  public static final class JsonOption {

    static final String JSON = "--json";

    @Option(
        names = JSON,
        description = "Print results as JSON, an object per line, and nothing else.")
    private boolean json;
  }

  /** For the program and all its commands. */
  public static final class QuietOption {

    static final String QUIET = "--quiet";

    @Option(
        names = QUIET,
        scope = ScopeType.INHERIT,
        description = "Print only results, warnings and errors, without progress.")
    private boolean quiet;
  }
}
