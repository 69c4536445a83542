package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.spoken.SpokenData;
import org.dl4jsnn.examples.spoken.SpokenDataOptions;
import org.dl4jsnn.examples.spoken.SpokenNetwork;
import org.dl4jsnn.examples.spoken.SpokenNetworkOptions;
import org.dl4jsnn.examples.support.CheckedOptions;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network on spoken digits. */
@Command(
    name = "train",
    description = "Train on spoken digits and test with voices not heard in training.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} --data spoken --epochs 10"},
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SpokenTraining implements Callable<Integer>, CheckedOptions {

  @Mixin
  private final TrainingOptions options =
      new TrainingOptions(Path.of("target", "spoken.zip"), 30, 32, 1.5e-3);

  @Mixin private SpokenDataOptions words;
  @Mixin private SpokenNetworkOptions settings;

  @Option(names = "--network", description = "${COMPLETION-CANDIDATES}.")
  private SpokenNetwork network = SpokenNetwork.RECURRENT;

  @Option(names = "--seed", description = "Seed of weights, order and shifts.")
  private long seed = 1;

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public void checkOptions() {
    options.isSpiking = network.isSpiking();
    options.ofInput = "--steps, --pooling";
    options.check();
    OptionRules.atLeast("--hold-out", options.holdOut, 0);
    words.check();
    settings.check();
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    return Threads.run(threads, this::run);
  }

  private int run() {
    Output output = Output.of(spec);
    try (SpokenData data = words.open(options.batch, options.holdOut)) {
      output.progress("Data: %s; %s", data, data.input());
      int classes = data.classes().size();
      return new TrainingProgram(
              options,
              data,
              rates -> settings.init(network, data.bins(), classes, rates, seed),
              output)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
