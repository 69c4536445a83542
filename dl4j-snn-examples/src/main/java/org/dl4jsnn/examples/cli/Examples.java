package org.dl4jsnn.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All commands by one-word names, as Maven starts them: {@code Examples NAME [OPTIONS]}. */
@Command(
    name = "Examples",
    description = "Examples of dl4j-snn: spiking neural networks for Deeplearning4j.",
    versionProvider = Snn.Version.class,
    mixinStandardHelpOptions = true)
public final class Examples {

  @Mixin private Snn.ProgramOptions options;

  private Examples() {}

  public static void main(String[] args) {
    Launch.main(() -> commandLine(args), args);
  }

  /** With every command built completely. */
  public static CommandLine commandLine() {
    return commandLine((String[]) null);
  }

  /** For these arguments only: reading the options of every command takes a while. */
  public static CommandLine commandLine(String... words) {
    return CommandTree.of(new Examples(), Program::example, words);
  }
}
