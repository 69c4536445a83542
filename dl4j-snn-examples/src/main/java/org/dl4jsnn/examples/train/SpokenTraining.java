package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.dl4jsnn.examples.spoken.MakeCommand;
import org.dl4jsnn.examples.spoken.SpokenData;
import org.dl4jsnn.examples.spoken.SpokenDataOptions;
import org.dl4jsnn.examples.spoken.SpokenNetworkOptions;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network on spoken digits. */
@Command(
    name = "train",
    description = "Train on spoken digits and test with voices not heard in training.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} --data spoken --epochs 10"})
public final class SpokenTraining extends ComputingCommand {

  @Mixin
  private final TrainingOptions options =
      new TrainingOptions(Path.of("target", "spoken.zip"), 30, 32, 1.5e-3);

  @Mixin private SpokenDataOptions words;
  @Mixin private SpokenNetworkOptions settings;

  @Option(names = "--seed", description = "Seed of weights, order and shifts.")
  private long seed = 1;

  @Override
  public void checkOptions() {
    options.isSpiking = settings.isSpiking();
    options.ofInput = "--steps, --pooling";
    options.check();
    OptionRules.atLeast("--hold-out", options.holdOut, 0);
    words.check();
    settings.check();
  }

  @Override
  protected int run() {
    Output output = output();
    try (SpokenData data = words.open(options.batch, options.holdOut)) {
      output.progress("Data: %s; %s", data, data.input());
      int classes = data.classes().size();
      int minibatches = options.epochs * options.minibatches(data.trainingSize());
      return new TrainingProgram(
              options,
              data,
              rates -> settings.init(data.bins(), classes, rates, minibatches, seed),
              output)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spoken digits: makes a set and trains on it. */
  @Command(
      name = "spoken",
      description = "Spoken digits in English and German, as spikes of 700 channels.",
      mixinStandardHelpOptions = true,
      subcommands = {MakeCommand.class, SpokenTraining.class})
  public static final class SpokenExample {}
}
