package org.dl4jsnn.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program {@code snn}: all commands in groups. */
@Command(
    name = "snn",
    description = "dl4j-snn: spiking neural networks for Deeplearning4j.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "%nExamples:",
      "  snn train mnist --epochs 2",
      "  snn predict seven.png",
      "  snn train mnist --help",
      "%nEnvironment: JAVA_HOME selects the Java (17 or later); SNN_OPTS and JAVA_OPTS hold "
          + "options for it, such as -Xmx4g for more memory (default: 2 GB)."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:Failed; the last line on standard error says why.",
      "2:Wrong usage: an unknown command or option, or a value of the wrong kind.",
      "130, 143:Stopped, by Ctrl-C or a signal."
    })
public final class Snn {

  @Mixin private ProgramOptions options;

  private Snn() {}

  /**
   * Runs a command.
   *
   * @param args its name and options; none asks for help
   */
  public static void main(String[] args) {
    String[] words = args.length == 0 ? new String[] {"--help"} : args;
    Launch.main(() -> commandLine(words), words);
  }

  /**
   * The command line.
   *
   * @param words the arguments; null reads the options of every command
   */
  static CommandLine commandLine(String[] words) {
    return CommandTree.of(new Snn(), Program::path, "train spark", words);
  }
}
