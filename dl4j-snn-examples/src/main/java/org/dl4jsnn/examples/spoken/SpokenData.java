package org.dl4jsnn.examples.spoken;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dl4jsnn.data.CochleaDataSetIterator;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaSample;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Words for training, for choosing the model and for testing it, each with different voices; read
 * on request.
 */
public final class SpokenData implements TrainingData, Closeable {

  private final CochleaFile train;
  private final CochleaFile test;
  private final CochleaBins bins;
  private final SpokenDataOptions options;
  private final int batch;
  private final List<CochleaSample> training;
  private final List<CochleaSample> heldOut;

  /**
   * Words, of which those of the last speakers, at least {@code heldOut}, are held out of training.
   */
  SpokenData(
      CochleaFile train,
      CochleaFile test,
      CochleaBins bins,
      SpokenDataOptions options,
      int batch,
      int heldOut) {
    this.train = train;
    this.test = test;
    this.bins = bins;
    this.options = options;
    this.batch = batch;
    Set<Integer> silent = lastSpeakers(train, heldOut);
    training = train.samplesOf(speaker -> !silent.contains(speaker));
    this.heldOut = train.samplesOf(silent::contains);
  }

  /** The names of the classes. */
  public List<String> classes() {
    return train.classes();
  }

  /** How spikes become frames. */
  public CochleaBins bins() {
    return bins;
  }

  @Override
  public int trainingSize() {
    return training.size();
  }

  @Override
  public int heldOutSize() {
    return heldOut.size();
  }

  @Override
  public int testSize() {
    return test.samples().size();
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public DataSetIterator training(long seed, int epoch, int first) {
    CochleaDataSetIterator iterator =
        builder(train, training)
            .seed(seed)
            .shuffled()
            .shift(options.shift)
            .silences(options.silentChannels, options.silentSteps)
            .build();
    // The last minibatch may be smaller.
    iterator.begin(epoch, Math.min(first * batch, trainingSize()));
    return iterator;
  }

  @Override
  public String input() {
    return "frames ["
        + bins.channels()
        + ", "
        + bins.steps()
        + "] of steps of "
        + bins.microseconds()
        + " µs";
  }

  @Override
  public DataSetIterator heldOut() {
    return builder(train, heldOut).build();
  }

  @Override
  public DataSetIterator test() {
    return builder(test, test.samples()).build();
  }

  private CochleaDataSetIterator.Builder builder(CochleaFile file, List<CochleaSample> samples) {
    return CochleaDataSetIterator.builder(file, samples, bins).batch(batch);
  }

  @Override
  public void close() throws IOException {
    try (train) {
      test.close();
    }
  }

  @Override
  public String toString() {
    return train + "; " + heldOut.size() + " of the words held out; " + test;
  }

  /** The last speakers, as many as needed for at least the given number of words. */
  private static Set<Integer> lastSpeakers(CochleaFile file, int words) {
    List<Integer> speakers = file.speakers();
    Set<Integer> chosen = new TreeSet<>();
    int held = 0;
    for (int i = speakers.size() - 1; held < words; i--) {
      if (i < 1) {
        throw UserError.of(
            "--hold-out must leave a speaker of %s to train with, got %s words to hold"
                + " out, which takes all speakers",
            file, words);
      }
      int speaker = speakers.get(i);
      chosen.add(speaker);
      held += file.samplesOf(number -> number == speaker).size();
    }
    return chosen;
  }
}
