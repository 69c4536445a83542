package org.dl4jsnn.examples.cli;

import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.Output.QuietOption;
import org.dl4jsnn.examples.support.RunsAtOnce;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code snn}: all commands in groups. */
@Command(
    name = "snn",
    description = "dl4j-snn: spiking neural networks for Deeplearning4j.",
    versionProvider = Snn.Version.class,
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

  public static void main(String[] args) {
    String[] words = args.length == 0 ? new String[] {"--help"} : args;
    Launch.main(() -> commandLine(words), words);
  }

  /** For these words; null reads the options of every command. */
  static CommandLine commandLine(String[] words) {
    return CommandTree.of(new Snn(), Program::path, words);
  }

  /** The version of this program, from its jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Version.class.getPackage().getImplementationVersion();
      return new String[] {
        "dl4j-snn " + (version == null ? "(not packaged)" : version),
        "Java " + Runtime.version() + ", " + System.getProperty("java.home")
      };
    }
  }

  /** Options that every command has. */
  static final class ProgramOptions {

    static final String TRACE = "--trace";

    @Mixin private QuietOption quiet;

    @Option(
        names = TRACE,
        scope = ScopeType.INHERIT,
        description = "Show the whole stack trace of an error.")
    private boolean trace;
  }

  /** Prints a script for shell completion of commands and options. */
  @Command(
      name = "completion",
      description = "Print a completion script for bash and zsh.",
      footer = {"%nExample:", "  eval \"$(snn completion)\""})
  static final class CompletionCommand extends ExampleCommand implements RunsAtOnce {

    @Override
    public Integer call() {
      String script = AutoComplete.bash(spec.root().name(), Snn.commandLine(null));
      spec.commandLine().getOut().print(script);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
