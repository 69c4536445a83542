package org.dl4jsnn.data;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.SeededOrder;
import org.dl4jsnn.noise.NoiseKey;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches of labelled samples that are read on request. Order and random changes depend on the
 * seed, the epoch and the sample, so a training can go on in the middle of an epoch.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "serial") // forced by the superinterface; an iterator of files is never serialised
abstract class SampleIterator implements DataSetIterator {

  private final String things;
  private final int samples;
  private final List<String> classes;
  private final int[] shape;
  private final String orSmaller;
  private final int batch;
  private final long seed;
  private final boolean shuffled;
  private int epoch;

  /** The samples in the epoch's order, which depends only on the seed and the epoch. */
  private List<Integer> order;

  /** The number of samples of the epoch that are done. */
  private int done;

  private DataSetPreProcessor preProcessor;

  /**
   * At the start of epoch 0. Messages call the samples {@code things}, and name what else than a
   * smaller batch lets a minibatch fit into an array.
   */
  SampleIterator(
      Builder<?> builder,
      String things,
      int samples,
      List<String> classes,
      String orSmaller,
      int... shape) {
    this.things = things;
    this.samples = samples;
    this.classes = classes;
    this.shape = shape;
    this.orSmaller = orSmaller;
    batch = builder.batch;
    seed = builder.seed;
    shuffled = builder.shuffled;
    arrange(0, 0);
    values(Math.min(batch, samples));
  }

  /** The label of a sample. */
  abstract int label(int sample);

  /** The features of a sample in C order, randomly changed. */
  abstract float[] features(int sample, RandomGenerator random) throws IOException;

  /** Makes the samples of a minibatch, each at its place. */
  void makeAll(int size, IntConsumer maker) {
    for (int place = 0; place < size; place++) {
      maker.accept(place);
    }
  }

  /**
   * Moves to the start of an epoch, to continue an earlier training. Do not call while another
   * thread prefetches.
   *
   * @param number from 0
   * @throws IllegalArgumentException if it is negative
   */
  public void begin(int number) {
    begin(number, 0);
  }

  /**
   * Moves to a position in an epoch, to continue a training stopped there. Do not call while
   * another thread prefetches.
   *
   * @param number the epoch, from 0
   * @param done the number of samples at its start to skip without reading them
   * @throws IllegalArgumentException if the epoch is negative or has fewer samples
   */
  public void begin(int number, int done) {
    arrange(number, done);
  }

  private void arrange(int number, int first) {
    Require.atLeast("epoch", number, 0);
    Require.not(
        first < 0 || first > samples,
        "done must be from 0 to %s, the epoch's %s, got %s",
        samples,
        things,
        first);
    epoch = number;
    done = first;
    // A different key from augmentation, which draws from the seed itself.
    long draws = NoiseKey.training(~seed, epoch).stream(0);
    order =
        shuffled
            ? SeededOrder.of(samples, i -> NoiseKey.draw(draws, i))
            : IntStream.range(0, samples).boxed().toList();
  }

  /** {@return the epoch that the next minibatch belongs to, from 0} */
  public int epoch() {
    return epoch;
  }

  /** {@return the number of samples per epoch} */
  public int samples() {
    return samples;
  }

  /**
   * These minibatches, prefetched by a separate thread. Do not use this iterator while that one is
   * in use.
   *
   * @param minibatches the number to prefetch, at least 1
   * @return the iterator; close it when done
   * @throws IllegalArgumentException if it is below 1
   */
  public PrefetchingIterator prefetching(int minibatches) {
    return new PrefetchingIterator(this, minibatches);
  }

  @Override
  public boolean hasNext() {
    return done < samples;
  }

  @Override
  public DataSet next() {
    return next(batch);
  }

  /**
   * {@return the next minibatch, with another size}
   *
   * @param count the largest number of samples
   * @throws NoSuchElementException if the epoch has no samples left
   * @throws UncheckedIOException if a file cannot be read
   */
  @Override
  public DataSet next(int count) {
    Require.atLeast("count", count, 1);
    if (!hasNext()) {
      throw new NoSuchElementException(
          "the epoch must have " + things + " left, got none after " + samples);
    }
    int first = done;
    done = (int) Math.min(samples, (long) first + count);
    DataSet minibatch = minibatch(order.subList(first, done));
    if (preProcessor != null) {
      preProcessor.preProcess(minibatch);
    }
    return minibatch;
  }

  private DataSet minibatch(List<Integer> indices) {
    int size = indices.size();
    float[] features = new float[values(size)];
    float[] labels = new float[Math.multiplyExact(size, classes.size())];
    makeAll(
        size,
        place -> {
          int sample = indices.get(place);
          float[] values = read(sample);
          System.arraycopy(values, 0, features, place * values.length, values.length);
          labels[place * classes.size() + label(sample)] = 1;
        });
    long[] axes = new long[1 + shape.length];
    axes[0] = size;
    for (int axis = 0; axis < shape.length; axis++) {
      axes[1 + axis] = shape[axis];
    }
    return new DataSet(
        Nd4j.create(features, axes, 'c'),
        Nd4j.create(labels, new long[] {size, classes.size()}, 'c'));
  }

  private float[] read(int sample) {
    try {
      return features(sample, new SampleRandom(seed, epoch, sample));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of a minibatch's values, which must fit into an array. */
  private int values(int size) {
    return Require.room(
        "a minibatch of " + size + " " + things + " of " + Arrays.toString(shape),
        (long) size * inputColumns(),
        "Use a smaller batch, or " + orSmaller);
  }

  /**
   * Starts the next epoch, even if this one was not used, so that prefetching makes no difference.
   */
  @Override
  public void reset() {
    begin(epoch + 1);
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /**
   * {@return whether {@code fit} may wrap this iterator in its own asynchronous iterator: false}
   * That one waits forever if a file cannot be read; use {@link #prefetching}.
   */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public int batch() {
    return batch;
  }

  /** {@return the number of features per sample: the product of its axes} */
  @Override
  public int inputColumns() {
    int product = 1;
    for (int axis : shape) {
      product *= axis;
    }
    return product;
  }

  @Override
  public int totalOutcomes() {
    return classes.size();
  }

  @Override
  public List<String> getLabels() {
    return classes;
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
    throw new NotSerializableException(getClass().getName());
  }

  /** The random numbers of a sample: depend only on seed, epoch and sample. */
  private static final class SampleRandom implements RandomGenerator {

    private final long stream;
    private long draws;

    SampleRandom(long seed, int epoch, int sample) {
      stream = NoiseKey.training(seed, epoch).stream(sample);
    }

    @Override
    public long nextLong() {
      return NoiseKey.draw(stream, draws++);
    }
  }

  /** The settings of every such iterator. */
  @SuppressWarnings("unchecked")
  abstract static class Builder<B extends Builder<B>> {

    private int batch = 32;
    private long seed;
    private boolean shuffled;

    /**
     * {@return the number of samples per minibatch}
     *
     * @param size at least 1; 32 by default
     * @throws IllegalArgumentException if it is below 1
     */
    public B batch(int size) {
      batch = Require.atLeast("batch", size, 1);
      return (B) this;
    }

    /**
     * {@return the seed of order and random changes}
     *
     * @param value 0 by default
     */
    public B seed(long value) {
      seed = value;
      return (B) this;
    }

    /**
     * Shuffles the samples anew in each epoch.
     *
     * @return this builder; in the list's order by default
     */
    public B shuffled() {
      shuffled = true;
      return (B) this;
    }
  }
}
