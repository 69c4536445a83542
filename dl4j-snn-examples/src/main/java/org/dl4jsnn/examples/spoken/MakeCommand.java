package org.dl4jsnn.examples.spoken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.dl4jsnn.event.cochlea.CochleaSpikes;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Progress;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a set of spoken digits. */
@Command(
    name = "make",
    description = "Speak digits with espeak-ng and write them as spikes of 700 channels.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} --to spoken"},
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
    double spikes =
        UserError.explained(
            "Cannot make the set in " + to + ": ",
            () -> new SpokenSet(plan, speech, output).make(to, trainingVoices, testVoices));
    output.print("Mean spikes per word: %.0f", spikes);
    output.print("Saved to %s and %s there", to.resolve(SpokenSet.TRAIN), SpokenSet.TEST);
    return 0;
  }

  /** Makes the two files of a set. */
  record SpokenSet(WordPlan plan, Speech speech, Output output) {

    /** The file of training words. */
    static final String TRAIN = "spoken_train.h5";

    /** The file of test words, with voices that the other file does not have. */
    static final String TEST = "spoken_test.h5";

    private static final Cochlea COCHLEA = new Cochlea();

    /**
     * Makes the files, one right after the other when all words are made: a set that is half new
     * would train and test on the same voices. Returns the mean number of spikes per word.
     */
    double make(Path folder, int trainingVoices, int testVoices) throws IOException {
      List<WordPlan.SpokenWord> training = plan.words(0, trainingVoices);
      List<WordPlan.SpokenWord> test = plan.words(trainingVoices, testVoices);
      try (ProgressBar bar =
          Progress.bar("hearing", training.size() + test.size(), "words", output)) {
        CochleaSpikes[] trainingHeard = hear(training, bar);
        CochleaSpikes[] testHeard = hear(test, bar);
        write(folder.resolve(TRAIN), training, trainingHeard);
        write(folder.resolve(TEST), test, testHeard);
        long spikes =
            Stream.of(trainingHeard, testHeard)
                .flatMap(Stream::of)
                .mapToLong(CochleaSpikes::size)
                .sum();
        return (double) spikes / (training.size() + test.size());
      }
    }

    private CochleaSpikes[] hear(List<WordPlan.SpokenWord> words, ProgressBar bar)
        throws IOException {
      CochleaSpikes[] heard = new CochleaSpikes[words.size()];
      try {
        // In the caller's fork-join pool, in any order: a word depends only on its plan.
        IntStream.range(0, heard.length)
            .parallel()
            .forEach(
                i -> {
                  heard[i] = spikes(words.get(i));
                  bar.step();
                });
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      return heard;
    }

    private void write(Path file, List<WordPlan.SpokenWord> words, CochleaSpikes... heard)
        throws IOException {
      List<String> voices = plan.voices.stream().map(Voice::variant).toList();
      SpokenFile.write(file, words, List.of(heard), voices);
    }

    private CochleaSpikes spikes(WordPlan.SpokenWord word) {
      RandomGenerator random = new Random(word.seed());
      try {
        return COCHLEA.spikes(word.heard().hear(speech.say(word.utterance()), random), random);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new IOException("interrupted at " + word, e));
      }
    }
  }
}
