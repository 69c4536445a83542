package org.dl4jsnn.event.data;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.internal.EpochOrder;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Minibatches of a data set's samples, made on request: features [minibatch, channels, T, height,
 * width], labels one-hot [minibatch, classes]. The last minibatch of an epoch may be smaller.
 *
 * <pre>{@code
 * EventDataSetIterator train =
 *     EventDataSetIterator.builder(data, data.train(), FrameOptions.cifar10Dvs(20))
 *         .batch(32).seed(1).shuffled().augmentation(Shift.upTo(5)).build();
 * try (PrefetchingIterator ahead = train.prefetching(2)) {
 *   network.fit(ahead, epochs);
 * }
 * }</pre>
 *
 * <p>Order and augmentation depend on the seed, the epoch and the sample, whatever the number of
 * threads. The samples of a minibatch are made in parallel. Errors of a recording are thrown by
 * {@link #next()} as {@link UncheckedIOException}. Not thread-safe; must not be serialised.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "serial") // forced by the superinterface; an iterator of files is never serialised
public final class EventDataSetIterator implements DataSetIterator {

  private final EventDataSet dataSet;
  private final int samples;
  private final FrameShape shape;
  private final Minibatches minibatches;
  private final int batch;
  private final EpochOrder order;
  private DataSetPreProcessor preProcessor;

  private EventDataSetIterator(Builder builder) {
    dataSet = builder.dataSet;
    samples = builder.samples.size();
    shape = builder.options.shape(dataSet.sensor());
    Minibatches.values(Math.min(builder.batch, builder.samples.size()), shape);
    SampleFrames frames =
        new SampleFrames(dataSet, builder.options, builder.augmentation, builder.cache);
    minibatches =
        new Minibatches(builder.samples, dataSet.classes().size(), shape, frames, builder.seed);
    batch = builder.batch;
    order = new EpochOrder("samples", samples, builder.seed, builder.shuffled);
  }

  /**
   * Starts building an iterator.
   *
   * @param dataSet the data set
   * @param samples the samples to iterate over
   * @param options how they become frames
   * @return a builder
   * @throws IllegalArgumentException if there are no samples, a label is not one of the data set's,
   *     or an argument is null
   */
  public static Builder builder(
      EventDataSet dataSet, List<EventSample> samples, FrameOptions options) {
    return new Builder(dataSet, samples, options);
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
   * @param done the number of samples at its start to skip without making them
   * @throws IllegalArgumentException if the epoch is negative or has fewer samples
   */
  public void begin(int number, int done) {
    order.begin(number, done);
  }

  /**
   * The epoch that the next minibatch belongs to.
   *
   * @return from 0
   */
  public int epoch() {
    return order.epoch();
  }

  /**
   * The number of samples per epoch.
   *
   * @return how many
   */
  public int samples() {
    return samples;
  }

  /**
   * The shape of a sample's features.
   *
   * @return [channels, T, height, width]
   */
  public FrameShape shape() {
    return shape;
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
    return order.hasNext();
  }

  @Override
  public DataSet next() {
    return next(batch);
  }

  /**
   * The next minibatch, with another size.
   *
   * @param count the largest number of samples
   * @return the minibatch
   * @throws NoSuchElementException if the epoch has no samples left
   * @throws UncheckedIOException if a recording cannot be read
   */
  @Override
  public DataSet next(int count) {
    DataSet minibatch = minibatches.of(order.take(count), order.epoch());
    if (preProcessor != null) {
      preProcessor.preProcess(minibatch);
    }
    return minibatch;
  }

  /**
   * Starts the next epoch, even if this one was not used, so that prefetching makes no difference.
   */
  @Override
  public void reset() {
    begin(order.epoch() + 1);
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /**
   * Whether {@code fit} may wrap this iterator in its own asynchronous iterator. That one waits
   * forever if a recording cannot be read; use {@link #prefetching}.
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
   * The number of features per sample.
   *
   * @return channels · T · height · width
   */
  @Override
  public int inputColumns() {
    return shape.size();
  }

  @Override
  public int totalOutcomes() {
    return dataSet.classes().size();
  }

  @Override
  public List<String> getLabels() {
    return dataSet.classes();
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
    throw new NotSerializableException(EventDataSetIterator.class.getName());
  }

  /** Builds an {@link EventDataSetIterator}. */
  public static final class Builder {

    private final EventDataSet dataSet;
    private final List<EventSample> samples;
    private final FrameOptions options;
    private int batch = 32;
    private long seed;
    private boolean shuffled;
    private EventAugmentation augmentation = EventAugmentation.none();
    private Optional<SampleCache> cache = Optional.empty();

    private Builder(EventDataSet dataSet, List<EventSample> samples, FrameOptions options) {
      this.dataSet = Require.given("dataSet", dataSet);
      this.samples = List.copyOf(Require.given("samples", samples));
      this.options = Require.given("options", options);
      if (samples.isEmpty()) {
        throw new IllegalArgumentException(
            "samples must be some of "
                + dataSet
                + ", got none. Possible cause: no samples were held out");
      }
      int classes = dataSet.classes().size();
      for (EventSample sample : samples) {
        if (sample.label() >= classes) {
          throw new IllegalArgumentException(
              "labels of samples must be below the number of classes, "
                  + classes
                  + ", got "
                  + sample.label()
                  + " of "
                  + sample
                  + ". Possible cause: it is of another data set");
        }
      }
    }

    /**
     * The number of samples per minibatch.
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
     * The seed of order and augmentation.
     *
     * @param value 0 by default
     * @return this builder
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Shuffles the samples anew in each epoch.
     *
     * @return this builder; in the list's order by default
     */
    public Builder shuffled() {
      shuffled = true;
      return this;
    }

    /**
     * Randomly changes the events of each sample, anew in each epoch.
     *
     * @param change the augmentation; none by default
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder augmentation(EventAugmentation change) {
      augmentation = Require.given("augmentation", change);
      return this;
    }

    /**
     * Caches samples on disk for later epochs or programs: frames, or with an augmentation the
     * events of parts of recordings.
     *
     * @param folder the cache's folder; none by default
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder cache(SampleCache folder) {
      cache = Optional.of(Require.given("cache", folder));
      return this;
    }

    /**
     * Builds the iterator.
     *
     * @return the iterator, at the start of epoch 0
     * @throws IllegalArgumentException if the frames do not fit the sensor
     */
    public EventDataSetIterator build() {
      return new EventDataSetIterator(this);
    }
  }
}
