package org.dl4jsnn.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.event.data.SampleCache;
import org.dl4jsnn.event.data.SampleFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.parallel.IdleThreads;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * Minibatches of a data set's samples, made on request: features [minibatch, channels, T, height,
 * width], labels one-hot [minibatch, classes]. The last minibatch of an epoch may be smaller.
 *
 * <pre>{@code
 * EventDataSet objects = EventDataSet.cifar10Dvs(folder);
 * EventDataSetIterator samples =
 *     EventDataSetIterator.builder(objects, objects.train(), FrameOptions.cifar10Dvs(20))
 *         .batch(32).seed(1).shuffled().augmentation(EventAugmentation.shift(5)).build();
 * try (PrefetchingIterator ahead = samples.prefetching(2)) {
 *   network.fit(ahead, 5);
 * }
 * }</pre>
 *
 * <p>Order and augmentation depend on the seed, the epoch and the sample, whatever the number of
 * threads. The samples of a minibatch are made in parallel. Errors of a recording are thrown by
 * {@link #next()} as {@link java.io.UncheckedIOException}. Not thread-safe; must not be serialised.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "serial") // forced by the superinterface; an iterator of files is never serialised
public final class EventDataSetIterator extends SampleIterator {

  private final List<EventSample> list;
  private final FrameShape shape;
  private final SampleFrames frames;

  /** Separate threads, because simulation threads that wait for a disk would delay a simulation. */
  private final ExecutorService readers = IdleThreads.many("reader of recordings");

  private EventDataSetIterator(Builder builder, FrameShape shape) {
    super(
        builder,
        "samples",
        builder.samples.size(),
        builder.dataSet.classes(),
        "sum more pixels per value",
        shape.channels(),
        shape.steps(),
        shape.height(),
        shape.width());
    list = builder.samples;
    this.shape = shape;
    frames =
        new SampleFrames(builder.dataSet, builder.options, builder.augmentation, builder.cache);
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

  /** {@return the shape of a sample's features: [channels, T, height, width]} */
  public FrameShape shape() {
    return shape;
  }

  @Override
  int label(int sample) {
    return list.get(sample).label();
  }

  @Override
  float[] features(int sample, RandomGenerator random) throws IOException {
    return frames.of(list.get(sample), random).values();
  }

  @Override
  void makeAll(int size, IntConsumer maker) {
    ParallelSamples.runApart(size, readers, () -> maker::accept);
  }

  /** Builds an {@link EventDataSetIterator}. */
  public static final class Builder extends SampleIterator.Builder<Builder> {

    private final EventDataSet dataSet;
    private final List<EventSample> samples;
    private final FrameOptions options;
    private EventAugmentation augmentation = EventAugmentation.none();
    private Optional<SampleCache> cache = Optional.empty();

    private Builder(EventDataSet dataSet, List<EventSample> samples, FrameOptions options) {
      this.dataSet = Require.given("dataSet", dataSet);
      this.samples = List.copyOf(Require.given("samples", samples));
      this.options = Require.given("options", options);
      Require.not(
          samples.isEmpty(),
          "samples must be some of %s, got none. Possible cause: no samples were held out",
          dataSet);
      int classes = dataSet.classes().size();
      for (EventSample sample : samples) {
        if (sample.label() >= classes) {
          throw new IllegalArgumentException(
              ("labels of samples must be below the number of classes, %s, got %s of %s. Possible"
                      + " cause: it is of another data set")
                  .formatted(classes, sample.label(), sample));
        }
      }
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
     * {@return the iterator, at the start of epoch 0}
     *
     * @throws IllegalArgumentException if the frames do not fit the sensor
     */
    public EventDataSetIterator build() {
      return new EventDataSetIterator(this, options.shape(dataSet.sensor()));
    }
  }
}
