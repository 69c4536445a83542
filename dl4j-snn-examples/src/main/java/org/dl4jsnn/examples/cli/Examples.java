package org.dl4jsnn.examples.cli;

import org.dl4jsnn.examples.spark.MissingSpark;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All commands by one-word names, as Maven starts them: {@code Examples NAME [OPTIONS]}. */
@Command(
    name = "Examples",
    description = "Examples of dl4j-snn: spiking neural networks for Deeplearning4j.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
public final class Examples {

  @Mixin private ProgramOptions options;

  private Examples() {}

  /**
   * Runs an example.
   *
   * @param args the example's name and its options
   */
  public static void main(String[] args) {
    Launch.main(() -> commandLine(args), args);
  }

  /** With every command built completely. */
  public static CommandLine commandLine() {
    return commandLine((String[]) null);
  }

  /** For these arguments only: reading the options of every command takes a while. */
  public static CommandLine commandLine(String... words) {
    CommandLine all = CommandTree.of(new Examples(), Program::example, MissingSpark.NAME, words);
    if (!all.getSubcommands().containsKey(MissingSpark.NAME)) {
      all.addSubcommand(new MissingSpark());
    }
    return all;
  }
}
