package org.dl4jsnn.examples.support;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Runs an example in a separate Java with the options of this one. */
public final class ChildProcess {

  private ChildProcess() {}

  /**
   * Runs it to its end and returns the last line printed.
   *
   * @param program the class with the main method
   */
  public static String lastLine(Class<?> program, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = of(program, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new UserError(
          "The run " + String.join(" ", arguments) + " failed with exit code " + exit);
    }
    String text = output.trim();
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  /** The command-line name of a command in the same group. */
  public static List<String> sibling(CommandSpec command, String name) {
    List<String> names = new ArrayList<>();
    names.add(name);
    CommandSpec group = command.parent();
    while (group.parent() != null) {
      names.add(0, group.name());
      group = group.parent();
    }
    return names;
  }

  /** The process, not yet started. */
  public static ProcessBuilder of(Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
