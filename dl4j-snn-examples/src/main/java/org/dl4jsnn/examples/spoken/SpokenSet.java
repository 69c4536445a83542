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
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Progress;

/** Makes the two files of a set. */
final class SpokenSet {

  /** The file of training words. */
  static final String TRAIN = "spoken_train.h5";

  /** The file of test words, with voices that the other file does not have. */
  static final String TEST = "spoken_test.h5";

  private final WordPlan plan;
  private final Speech speech;
  private final Output output;
  private final Cochlea cochlea = new Cochlea();

  SpokenSet(WordPlan plan, Speech speech, Output output) {
    this.plan = plan;
    this.speech = speech;
    this.output = output;
  }

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
    List<String> voices = plan.voices().stream().map(Voice::variant).toList();
    SpokenFile.write(file, words, List.of(heard), voices);
  }

  private CochleaSpikes spikes(WordPlan.SpokenWord word) {
    RandomGenerator random = new Random(word.seed());
    try {
      return cochlea.spikes(word.heard().hear(speech.say(word.utterance()), random), random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted at " + word, e));
    }
  }
}
