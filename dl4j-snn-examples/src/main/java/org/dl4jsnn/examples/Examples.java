package org.dl4jsnn.examples;

import java.util.ServiceLoader;
import org.dl4jsnn.train.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The examples' command line: {@code Examples NAME [OPTIONS]}. */
@Command(
    name = "Examples",
    description = "Examples of dl4j-snn: spiking neural networks for Deeplearning4j.",
    mixinStandardHelpOptions = true,
    subcommands = {
      MnistExample.class,
      ParallelExample.class,
      Cifar10Example.class,
      StepsExample.class,
      RasterExample.class,
      PlotsExample.class,
      TrainingPlot.class,
      BenchmarkExample.class,
      BenchmarkPlot.class,
      ChoicesExample.class,
      GradientsExample.class,
      GradientsRun.class,
      TimingExample.class,
      EventsExample.class,
      DvsExample.class,
      DvsComparison.class,
      UiExample.class,
      NotebooksExample.class,
      ScalingExample.class
    })
public final class Examples {

  private Examples() {}

  /**
   * Runs an example.
   *
   * @param args the example's name and its options
   */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals(UiExample.NAME)) {
      StatsObjects.refuseOthersEverywhere();
    }
    // Deeplearning4j leaves threads behind that are no daemons.
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Examples());
    ServiceLoader.load(AddedExample.class).forEach(commandLine::addSubcommand);
    if (!commandLine.getSubcommands().containsKey(MissingSpark.NAME)) {
      commandLine.addSubcommand(new MissingSpark());
    }
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof UserError || exception instanceof TrainingException) {
            command.getErr().println(exception.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
          }
          throw exception;
        });
    return commandLine;
  }
}
