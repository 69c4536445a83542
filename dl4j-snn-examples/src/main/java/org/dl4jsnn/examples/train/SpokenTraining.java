package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
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
    footer = {
      "%nExamples:",
      "  ${COMMAND-FULL-NAME} --data spoken --recipe best",
      "  ${COMMAND-FULL-NAME} --data spoken --network lstm"
    })
public final class SpokenTraining extends ComputingCommand {

  /** The settings of the trained network that comes along. */
  static final class Known extends Recipes {
    Known() {
      super(
          Map.of(
              "best",
              "--network feedforward --layers 2 --neuron adlif --step-length 3 --detach-resets"
                  + " --dropout 0.2 --silent-channels 6 --silent-steps 3 --schedule cosine"
                  + " --learning-rate 3e-3 --epochs 30"));
    }
  }

  @Option(
      names = "--recipe",
      preprocessor = Known.class,
      description =
          "best: the settings of the best row of the table in docs/results.md. It stands for other"
              + " options; options given explicitly take precedence.")
  private String recipe;

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
