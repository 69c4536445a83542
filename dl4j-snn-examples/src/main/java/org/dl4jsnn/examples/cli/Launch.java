package org.dl4jsnn.examples.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.StatsObjects;
import org.dl4jsnn.examples.ui.UiExample;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a command line. The first Java prints help and usage errors immediately. A command that
 * computes, or any command if the user has set options for Java, runs in a second Java with the
 * Vector API: Java prints a warning about it on every start, which only a process that reads its
 * output can remove.
 */
final class Launch {

  private Launch() {}

  /**
   * Builds a command line and runs it, and ends Java with its exit code. A command whose results
   * did not all reach the standard output has failed, whatever printed them.
   */
  static void main(Supplier<CommandLine> commandLine, String[] arguments) {
    int exit;
    try {
      CommandLine program = commandLine.get();
      program.setExecutionStrategy(parsed -> run(parsed, program, arguments));
      PrintWriter out = program.getOut();
      exit = program.execute(arguments);
      out.flush();
      if (exit == ExitCode.OK && System.out.checkError()) {
        System.err.println(UsageErrors.UNWRITABLE);
        exit = ExitCode.SOFTWARE;
      }
    } catch (OutOfMemoryError | LinkageError e) {
      System.err.println(UsageErrors.message(e, "snn"));
      exit = ExitCode.SOFTWARE;
    }
    // Deeplearning4j leaves non-daemon threads behind.
    System.exit(exit);
  }

  private static int run(ParseResult parsed, CommandLine program, String[] arguments) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine line = last.commandSpec().commandLine();
    Object command = last.commandSpec().userObject();
    boolean isHelp = CommandLine.executeHelpRequest(parsed) != null;
    if (isHelp) {
      return 0;
    }
    if (command instanceof UiExample) {
      StatsObjects.refuseOthersEverywhere();
    }
    boolean runsHere = command instanceof RunsAtOnce && !VectorJava.hasOptions();
    if (runsHere || VectorJava.isThisOne()) {
      return new RunLast().execute(parsed);
    }
    try {
      if (command instanceof ExampleCommand ours) {
        ours.checkOptions();
      }
      return VectorJava.run(program.getCommand().getClass(), arguments);
    } catch (UserError e) {
      throw new ExecutionException(line, e.getMessage(), e);
    }
  }
}
