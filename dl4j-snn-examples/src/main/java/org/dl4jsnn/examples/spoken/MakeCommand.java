package org.dl4jsnn.examples.spoken;

import java.io.IOException;
import java.nio.file.Path;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a set of spoken digits. */
@Command(
    name = "make",
    description = "Speak digits with espeak-ng and write them as spikes of 700 channels.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} --to spoken"},
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class MakeCommand extends ExampleCommand {

  @Option(names = "--to", required = true, description = "Folder for the two files.")
  private Path to;

  @Option(names = "--espeak", description = "The program espeak-ng.")
  private String espeak = "espeak-ng";

  @Option(names = "--training-voices", description = "Voices to train with.")
  private int trainingVoices = 50;

  @Option(names = "--test-voices", description = "Other voices, to test with.")
  private int testVoices = 15;

  @Option(names = "--repetitions", description = "How often each voice says each word.")
  private int repetitions = 4;

  @Option(
      names = "--noise",
      arity = "2",
      description = "Level of the noise below the word in dB, at its loudest and its quietest.")
  private double[] noise = {15, 35};

  @Option(names = "--seed", description = "Seed of voices, ways to speak, noise and neurons.")
  private long seed = 1;

  @Option(names = "--threads", description = "Threads.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws InterruptedException {
    int voices = Voice.all().size();
    OptionRules.within("--training-voices", trainingVoices, 1, voices - 1);
    OptionRules.within("--test-voices", testVoices, 1, voices - trainingVoices);
    OptionRules.atLeast("--repetitions", repetitions, 1);
    if (!(noise[0] <= noise[1] && Double.isFinite(noise[0]) && Double.isFinite(noise[1]))) {
      throw UserError.of(
          "--noise must be two numbers of dB, the smaller one first, got %s %s",
          noise[0], noise[1]);
    }
    return Threads.inPool(threads, this::run);
  }

  private int run() throws InterruptedException {
    Output output = output();
    Speech.Espeak speech = new Speech.Espeak(espeak);
    output.progress("Speech: %s", speech.version());
    WordPlan plan = new WordPlan(repetitions, noise[1], noise[0], seed);
    try {
      double spikes = new SpokenSet(plan, speech, output).make(to, trainingVoices, testVoices);
      output.print("Mean spikes per word: %.0f", spikes);
    } catch (IOException e) {
      throw new UserError("Cannot make the set in " + to + ": " + e.getMessage(), e);
    }
    output.print("Saved to %s and %s there", to.resolve(SpokenSet.TRAIN), SpokenSet.TEST);
    return 0;
  }
}
