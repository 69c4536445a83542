package org.dl4jsnn.examples.cli;

import java.util.ServiceLoader;
import org.dl4jsnn.examples.bench.BenchmarkExample;
import org.dl4jsnn.examples.bench.BenchmarkPlot;
import org.dl4jsnn.examples.bench.BitsExample;
import org.dl4jsnn.examples.bench.ChoicesExample;
import org.dl4jsnn.examples.bench.DvsComparison;
import org.dl4jsnn.examples.bench.GradientsExample;
import org.dl4jsnn.examples.bench.GradientsRun;
import org.dl4jsnn.examples.bench.IntegersExample;
import org.dl4jsnn.examples.bench.ScalingExample;
import org.dl4jsnn.examples.bench.SpokenComparison;
import org.dl4jsnn.examples.bench.StepsExample;
import org.dl4jsnn.examples.bench.TimingExample;
import org.dl4jsnn.examples.convert.ConvertExample;
import org.dl4jsnn.examples.deploy.DeployExample;
import org.dl4jsnn.examples.events.EventsExample;
import org.dl4jsnn.examples.events.StreamExample;
import org.dl4jsnn.examples.nir.NirExample;
import org.dl4jsnn.examples.notebook.NotebooksExample;
import org.dl4jsnn.examples.plots.PlotsExample;
import org.dl4jsnn.examples.plots.PredictExample;
import org.dl4jsnn.examples.plots.RasterExample;
import org.dl4jsnn.examples.plots.TrainingPlot;
import org.dl4jsnn.examples.spark.MissingSpark;
import org.dl4jsnn.examples.support.AddedExample;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.train.Cifar10Example;
import org.dl4jsnn.examples.train.DvsExample;
import org.dl4jsnn.examples.train.MnistExample;
import org.dl4jsnn.examples.train.ParallelExample;
import org.dl4jsnn.examples.train.SpokenExample;
import org.dl4jsnn.examples.ui.StatsObjects;
import org.dl4jsnn.examples.ui.UiExample;
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
      BitsExample.class,
      ConvertExample.class,
      DeployExample.class,
      IntegersExample.class,
      PredictExample.class,
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
      SpokenExample.class,
      SpokenComparison.class,
      StreamExample.class,
      NirExample.class,
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

  public static CommandLine commandLine() {
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
