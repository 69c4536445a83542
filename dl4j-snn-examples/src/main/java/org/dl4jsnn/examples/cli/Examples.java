package org.dl4jsnn.examples.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

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
    CommandLine all = CommandTree.of(new Examples(), Program::example, MissingSpark.NAME, words);
    if (!all.getSubcommands().containsKey(MissingSpark.NAME)) {
      all.addSubcommand(new MissingSpark());
    }
    return all;
  }

  /** Replaces the Spark example if Maven's profile spark is not active. */
  @Command(
      name = MissingSpark.NAME,
      description = "Train LeNet5 on a Spark cluster; only with Maven's profile spark.")
  public static final class MissingSpark implements Callable<Integer>, RunsAtOnce {

    public static final String NAME = "spark";

    /** Accepts any options, so that errors do not blame them. */
    @Unmatched private List<String> options;

    @Override
    public Integer call() {
      throw new UserError(
          "The example spark must run with Maven's profile spark, which downloads Spark: mvn -q -B"
              + " -Pspark compile exec:exec -Dexample=spark. Possible cause: -Pspark was left out");
    }
  }
}
