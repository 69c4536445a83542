package org.dl4jsnn.examples.cli;

import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.RunsAtOnce;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script for shell completion of commands and options. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footer = {"%nExample:", "  eval \"$(snn completion)\""},
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer>, RunsAtOnce {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String script = AutoComplete.bash(spec.root().name(), Snn.commandLine(null));
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
