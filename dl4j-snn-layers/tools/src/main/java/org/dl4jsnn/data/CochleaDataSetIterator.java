package org.dl4jsnn.data;

import java.io.IOException;
import java.util.Arrays;
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
  private final int silentChannels;
  private final int silentSteps;

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
    silentChannels = builder.silentChannels;
    silentSteps = builder.silentSteps;
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
    float[] counts = bins.count(file.read(words.get(sample)), moved);
    if (silentChannels + silentSteps > 0) {
      silence(counts, random);
      silence(counts, random);
    }
    return counts;
  }

  /** Silences a run of channels and a run of steps, either of which may be empty. */
  private void silence(float[] counts, RandomGenerator random) {
    int steps = bins.steps();
    int channels = random.nextInt(silentChannels + 1);
    int first = random.nextInt(bins.channels() - channels + 1);
    Arrays.fill(counts, first * steps, (first + channels) * steps, 0);
    int length = random.nextInt(silentSteps + 1);
    int from = random.nextInt(steps - length + 1);
    for (int channel = 0; channel < bins.channels(); channel++) {
      Arrays.fill(counts, channel * steps + from, channel * steps + from + length, 0);
    }
  }

  /** Builds a {@link CochleaDataSetIterator}. */
  public static final class Builder extends SampleIterator.Builder<Builder> {

    private final CochleaFile file;
    private final List<CochleaSample> samples;
    private final CochleaBins bins;
    private int shift;
    private int silentChannels;
    private int silentSteps;

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
     * Silences parts of every word, drawn anew in each epoch: twice a run of neighbouring channels
     * and one of steps, each of a random length (D. Park et al., "SpecAugment: a simple data
     * augmentation method for automatic speech recognition", Interspeech 2019).
     *
     * @param channels the longest run of pooled channels; 0 (default) for none
     * @param steps the longest run of time steps; 0 (default) for none
     * @return this builder
     * @throws IllegalArgumentException if a number is negative, or larger than that of a word
     */
    public Builder silences(int channels, int steps) {
      silentChannels = among("channels", channels, bins.channels());
      silentSteps = among("steps", steps, bins.steps());
      return this;
    }

    private static int among(String what, int silent, int all) {
      Require.not(
          silent < 0 || silent > all,
          "silent %s must be from 0 to %s, the %s of a word, got %s",
          what,
          all,
          what,
          silent);
      return silent;
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
