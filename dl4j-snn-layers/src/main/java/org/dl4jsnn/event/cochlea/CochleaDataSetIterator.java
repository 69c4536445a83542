package org.dl4jsnn.event.cochlea;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.dl4jsnn.internal.EpochOrder;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.noise.NoiseKey;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches of a file's words, read on request: features [minibatch, channels, T], counts of
 * spikes for {@code SpikeEncoding.frames()}; labels one-hot [minibatch, classes]. The last
 * minibatch of an epoch may be smaller.
 *
 * <pre>{@code
 * CochleaFile file = CochleaFile.open(Path.of("shd_train.h5"));
 * CochleaBins bins = new CochleaBins(5, 10_000, 100); // 140 channels, 100 steps of 10 ms
 * DataSetIterator train =
 *     CochleaDataSetIterator.builder(file, file.samplesOf(speaker -> speaker != 4), bins)
 *         .batch(64).seed(1).shuffled().shift(20).build();
 * }</pre>
 *
 * <p>Order and shift depend on the seed, the epoch and the word. Errors of the file are thrown by
 * {@link #next()} as {@link UncheckedIOException}. Not thread-safe; must not be serialised.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "serial") // forced by the superinterface; an iterator of a file is never serialised
public final class CochleaDataSetIterator implements DataSetIterator {

  private final CochleaFile file;
  private final List<CochleaSample> samples;
  private final CochleaBins bins;
  private final int batch;
  private final long seed;
  private final int shift;
  private final EpochOrder order;
  private DataSetPreProcessor preProcessor;

  private CochleaDataSetIterator(Builder builder) {
    file = builder.file;
    samples = builder.samples;
    bins = builder.bins;
    batch = builder.batch;
    seed = builder.seed;
    shift = builder.shift;
    order = new EpochOrder("words", samples.size(), seed, builder.shuffled);
    values(Math.min(batch, samples.size()));
  }

  /**
   * Starts building an iterator.
   *
   * @param file the file, which must stay open
   * @param samples the words to iterate over
   * @param bins how their spikes become frames
   * @return a builder
   * @throws IllegalArgumentException if there are no words, a word is not the file's, or an
   *     argument is null
   */
  public static Builder builder(CochleaFile file, List<CochleaSample> samples, CochleaBins bins) {
    return new Builder(file, samples, bins);
  }

  /**
   * Moves to a position in an epoch, to continue a training stopped there.
   *
   * @param number the epoch, from 0
   * @param done the number of words at its start to skip without reading
   * @throws IllegalArgumentException if the epoch is negative or has fewer words
   */
  public void begin(int number, int done) {
    order.begin(number, done);
  }

  @Override
  public boolean hasNext() {
    return order.hasNext();
  }

  @Override
  public DataSet next() {
    return next(batch);
  }

  /**
   * The next minibatch, with another size.
   *
   * @param count the largest number of words
   * @return the minibatch
   * @throws NoSuchElementException if the epoch has no words left
   * @throws UncheckedIOException if the file cannot be read
   */
  @Override
  public DataSet next(int count) {
    DataSet minibatch = minibatch(order.take(count));
    if (preProcessor != null) {
      preProcessor.preProcess(minibatch);
    }
    return minibatch;
  }

  private DataSet minibatch(List<Integer> indices) {
    int size = indices.size();
    int classes = file.classes().size();
    float[] features = new float[values(size)];
    float[] labels = new float[Math.multiplyExact(size, classes)];
    for (int place = 0; place < size; place++) {
      CochleaSample sample = samples.get(indices.get(place));
      float[] counts = bins.count(read(sample), shiftOf(indices.get(place)));
      System.arraycopy(counts, 0, features, place * counts.length, counts.length);
      labels[place * classes + sample.label()] = 1;
    }
    return new DataSet(
        Nd4j.create(features, new long[] {size, bins.channels(), bins.steps()}, 'c'),
        Nd4j.create(labels, new long[] {size, classes}, 'c'));
  }

  private int values(int words) {
    return Require.room(
        "a minibatch of " + words + " words",
        (long) words * inputColumns(),
        "Use a smaller batch, or fewer channels or steps");
  }

  private CochleaSpikes read(CochleaSample sample) {
    try {
      return file.read(sample);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the 2 · shift + 1 moves, drawn for the epoch and the word. */
  private int shiftOf(int index) {
    long draw = NoiseKey.draw(NoiseKey.training(seed, order.epoch()).stream(index), 0);
    return (int) Long.remainderUnsigned(draw, 2L * shift + 1) - shift;
  }

  /** Starts the next epoch. */
  @Override
  public void reset() {
    begin(order.epoch() + 1, 0);
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /**
   * Whether {@code fit} may wrap this iterator in its own asynchronous iterator. That one waits
   * forever if the file cannot be read; use {@link org.dl4jsnn.data.PrefetchingIterator}.
   *
   * @return false
   */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public int batch() {
    return batch;
  }

  /**
   * The number of features per word.
   *
   * @return channels · T
   */
  @Override
  public int inputColumns() {
    return bins.channels() * bins.steps();
  }

  @Override
  public int totalOutcomes() {
    return file.classes().size();
  }

  @Override
  public List<String> getLabels() {
    return file.classes();
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    throw new NotSerializableException(CochleaDataSetIterator.class.getName());
  }

  /** Builds a {@link CochleaDataSetIterator}. */
  public static final class Builder {

    private final CochleaFile file;
    private final List<CochleaSample> samples;
    private final CochleaBins bins;
    private int batch = 32;
    private long seed;
    private boolean shuffled;
    private int shift;

    private Builder(CochleaFile file, List<CochleaSample> samples, CochleaBins bins) {
      this.file = Require.given("file", file);
      this.samples = List.copyOf(Require.given("samples", samples));
      this.bins = Require.given("bins", bins);
      if (samples.isEmpty()) {
        throw new IllegalArgumentException(
            "samples must be some of " + file + ", got none. Possible cause: no such speaker");
      }
      samples.forEach(file::requireOwn);
    }

    /**
     * The number of words per minibatch.
     *
     * @param size at least 1; 32 by default
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder batch(int size) {
      batch = Require.atLeast("batch", size, 1);
      return this;
    }

    /**
     * The seed of order and shifts.
     *
     * @param value 0 by default
     * @return this builder
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Shuffles the words anew in each epoch.
     *
     * @return this builder; in the list's order by default
     */
    public Builder shuffled() {
      shuffled = true;
      return this;
    }

    /**
     * Moves all spikes of a word up or down by some channels, drawn anew in each epoch, as for
     * higher or lower voices.
     *
     * @param channels the largest shift, in channels of the 700; 0 (default) for none
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder shift(int channels) {
      shift = Require.atLeast("shift", channels, 0);
      return this;
    }

    /**
     * Builds the iterator.
     *
     * @return the iterator, at the start of epoch 0
     * @throws IllegalArgumentException if a minibatch would not fit into an array
     */
    public CochleaDataSetIterator build() {
      return new CochleaDataSetIterator(this);
    }
  }
}
