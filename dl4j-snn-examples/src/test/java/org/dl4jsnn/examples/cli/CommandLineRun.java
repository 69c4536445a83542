package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine;

/**
 * The examples' command line, and what was printed on it. A command is one text: its words stand
 * between blanks, and each {@code %s} is a value, which may have blanks itself.
 */
public final class CommandLineRun {

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private final Consumer<Object> prepared;
  private String[] defaults = {};

  public CommandLineRun() {
    this(command -> {});
  }

  private CommandLineRun(Consumer<Object> prepared) {
    this.prepared = prepared;
  }

  /** Changes what no option changes in commands of a type before they run. */
  public static <C> CommandLineRun preparing(Class<C> type, Consumer<C> change) {
    return new CommandLineRun(
        command -> {
          if (type.isInstance(command)) {
            change.accept(type.cast(command));
          }
        });
  }

  /** Options, {@code --name=value}, of every command that does not have them itself. */
  public void setDefaults(String options, Object... values) {
    defaults = words(options, values);
  }

  /** Runs an example; returns its exit code. */
  public int execute(String command, Object... values) {
    return execute(completed(command, values));
  }

  /** The same for words that are there already. */
  public int execute(String[] words) {
    return execute(Examples.commandLine(words), words);
  }

  /** Runs a command of the program snn; returns its exit code. */
  public int executeSnn(String command, Object... values) {
    String[] words = completed(command, values);
    return execute(Snn.commandLine(words), words);
  }

  private String[] completed(String command, Object... values) {
    String[] words = words(command, values);
    Stream<String> missing =
        Arrays.stream(defaults)
            .filter(
                option -> {
                  String name = option.substring(0, option.indexOf('='));
                  return Arrays.stream(words)
                      .noneMatch(word -> word.equals(name) || word.startsWith(name + "="));
                });
    return Stream.concat(Arrays.stream(words), missing).toArray(String[]::new);
  }

  private int execute(CommandLine commandLine, String[] words) {
    CommandLine named = commandLine.getSubcommands().get(words[0]);
    if (named != null) {
      prepared.accept(named.getCommand());
    }
    return commandLine
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(words);
  }

  /** The words of a command. */
  public static String[] words(String command, Object... values) {
    List<String> words = new ArrayList<>();
    int next = 0;
    for (String word : command.strip().split(" +")) {
      int taken = word.split("%s", -1).length - 1;
      Object[] own = Arrays.copyOfRange(values, next, next + taken);
      words.add(String.format(Locale.ROOT, word, own));
      next += taken;
    }
    assertEquals(values.length, next, "values of " + command);
    return words.toArray(String[]::new);
  }

  public void assertDone(String command, Object... values) {
    assertEquals(0, execute(command, values), this::errors);
  }

  public void assertSnnDone(String command, Object... values) {
    assertEquals(0, executeSnn(command, values), this::errors);
  }

  /** The command fails for a reason of which this is a part; what was printed is forgotten. */
  public void assertRefused(String part, String command, Object... values) {
    clear();
    assertEquals(1, execute(command, values), command);
    assertComplained(part);
  }

  /** The same for a command of the program snn. */
  public void assertSnnRefused(String part, String command, Object... values) {
    clear();
    assertEquals(1, executeSnn(command, values), command);
    assertComplained(part);
  }

  public String output() {
    return output.toString();
  }

  public String errors() {
    return errors.toString();
  }

  /** The one line of output as an object of JSON. */
  public Map<?, ?> json() throws IOException {
    assertEquals(1, output().lines().count(), output());
    return new ObjectMapper().readValue(output(), Map.class);
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
