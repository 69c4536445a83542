package org.dl4jsnn.examples.spoken;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.dl4jsnn.data.CochleaDataSetIterator;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaSample;
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
  private final int shift;
  private final int batch;
  private final List<CochleaSample> training;
  private final List<CochleaSample> heldOut;

  /**
   * Opens the data.
   *
   * @param train the words for training and holding out
   * @param test the test words
   * @param shift the largest random shift of training words, in channels of the 700
   * @param heldOut the least number of words to hold out: all words of the last speakers
   */
  SpokenData(
      CochleaFile train, CochleaFile test, CochleaBins bins, int shift, int batch, int heldOut) {
    this.train = train;
    this.test = test;
    this.bins = bins;
    this.shift = shift;
    this.batch = batch;
    Set<Integer> silent = HeldOutSpeakers.of(train, heldOut);
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
        builder(train, training).seed(seed).shuffled().shift(shift).build();
    // The last minibatch may be smaller.
    iterator.begin(epoch, Math.min(first * batch, trainingSize()));
    return iterator;
  }

  @Override
  public String input() {
    return "frames [" + bins.channels() + ", " + bins.steps() + "]";
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
}
