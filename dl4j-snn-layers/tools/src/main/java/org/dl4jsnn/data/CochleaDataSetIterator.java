package org.dl4jsnn.data;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaSample;
import org.dl4jsnn.internal.Require;

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
 * {@link #next()} as {@link java.io.UncheckedIOException}. Not thread-safe; must not be serialised.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "serial") // forced by the superinterface; an iterator of a file is never serialised
public final class CochleaDataSetIterator extends SampleIterator {

  private final CochleaFile file;
  private final List<CochleaSample> words;
  private final CochleaBins bins;
  private final int shift;

  private CochleaDataSetIterator(Builder builder) {
    super(
        builder,
        "words",
        builder.samples.size(),
        builder.file.classes(),
        "fewer channels or steps",
        builder.bins.channels(),
        builder.bins.steps());
    file = builder.file;
    words = builder.samples;
    bins = builder.bins;
    shift = builder.shift;
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

  @Override
  int label(int sample) {
    return words.get(sample).label();
  }

  /** Spikes are moved by one of the 2 · shift + 1 shifts. */
  @Override
  float[] features(int sample, RandomGenerator random) throws IOException {
    int moved = (int) Long.remainderUnsigned(random.nextLong(), 2L * shift + 1) - shift;
    return bins.count(file.read(words.get(sample)), moved);
  }

  /** Builds a {@link CochleaDataSetIterator}. */
  public static final class Builder extends SampleIterator.Builder<Builder> {

    private final CochleaFile file;
    private final List<CochleaSample> samples;
    private final CochleaBins bins;
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

    @Override
    Builder self() {
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
     * {@return the iterator, at the start of epoch 0}
     *
     * @throws IllegalArgumentException if a minibatch would not fit into an array
     */
    public CochleaDataSetIterator build() {
      return new CochleaDataSetIterator(this);
    }
  }
}
