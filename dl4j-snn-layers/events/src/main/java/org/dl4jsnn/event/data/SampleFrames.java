package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the frames of a data set's samples: reads a recording or a part of one, changes its events
 * at random, and slices them. Thread-safe.
 */
public final class SampleFrames {

  private static final Logger LOG = LoggerFactory.getLogger(SampleFrames.class);

  /** Recordings may take an eighth of the heap, at 12 bytes per event plus a table's free space. */
  private static final long HELD_EVENTS = Runtime.getRuntime().maxMemory() / 8 / 14;

  private final EventDataSet dataSet;
  private final FrameOptions options;
  private final EventAugmentation augmentation;
  private final boolean isChanged;
  private final Optional<SampleCache> cache;
  private final RecentRecordings recordings;

  /** Files already warned about. */
  private final Set<Path> told = ConcurrentHashMap.newKeySet();

  /**
   * Settings for all samples of a data set.
   *
   * @param dataSet the data set, which says how recordings are read
   * @param options how events become frames
   * @param augmentation a random change of each sample's events, or {@link EventAugmentation#none}
   * @param cache where samples are kept, if they are: frames, or with an augmentation the events of
   *     parts of recordings
   * @throws IllegalArgumentException if frames are to be cached that have no key
   */
  public SampleFrames(
      EventDataSet dataSet,
      FrameOptions options,
      EventAugmentation augmentation,
      Optional<SampleCache> cache) {
    this.dataSet = dataSet;
    this.options = options;
    this.augmentation = augmentation;
    this.cache = cache;
    isChanged = !EventAugmentation.none().equals(augmentation);
    if (cache.isPresent() && !isChanged) {
      // Fails here rather than in the first minibatch.
      SampleCache.key(options);
    }
    recordings = new RecentRecordings(dataSet.reading(), HELD_EVENTS);
  }

  /**
   * {@return the frames of a sample}
   *
   * @param sample a sample of the data set
   * @param random the numbers of the augmentation; the same numbers give the same frames
   * @throws IOException if its recording cannot be read, or is of another sensor
   */
  public EventFrames of(EventSample sample, RandomGenerator random) throws IOException {
    if (isChanged) {
      EventTable events = events(sample);
      return frames(sample, events, changed(events, random));
    }
    return cache.isPresent()
        ? cache.get().frames(dataSet, sample, options, () -> unchanged(sample))
        : unchanged(sample);
  }

  private EventTable changed(EventTable events, RandomGenerator random) {
    EventTable changed = augmentation.augment(events, random);
    if (!changed.sensor().equals(events.sensor())) {
      throw new IllegalStateException(
          String.format(
              "an augmentation must return events of the same sensor, %s, got %s from %s",
              events.sensor(), changed.sensor(), augmentation));
    }
    return changed;
  }

  private EventFrames unchanged(EventSample sample) throws IOException {
    EventTable events = read(sample);
    return frames(sample, events, events);
  }

  /** Times that no window can have are a fault of the recording, which the message names. */
  private EventFrames frames(EventSample sample, EventTable events, EventTable changed)
      throws IOException {
    try {
      return EventFrames.of(changed, window(sample, events), options);
    } catch (IllegalArgumentException e) {
      throw new IOException(sample.file() + ": " + e.getMessage(), e);
    }
  }

  /** The window to slice; for a whole recording, its span before augmentation. */
  private static TimeWindow window(EventSample sample, EventTable events) {
    return sample.window().orElseGet(() -> TimeWindow.of(events));
  }

  /**
   * A sample's events. Parts of recordings are cached; a whole recording can be read from its own
   * file just as fast.
   */
  private EventTable events(EventSample sample) throws IOException {
    return cache.isPresent() && sample.window().isPresent()
        ? cache.get().events(dataSet, sample, () -> read(sample))
        : read(sample);
  }

  private EventTable read(EventSample sample) throws IOException {
    Optional<TimeWindow> window = sample.window();
    EventTable events =
        window.isPresent()
            ? part(sample, window.get())
            : EventFiles.read(sample.file(), dataSet.reading());
    if (!events.sensor().equals(dataSet.sensor())) {
      throw new IOException(
          String.format(
              "%s: the sensor must be that of the data set, %s, got %s. Possible cause: a "
                  + "recording of another camera",
              sample.file(), dataSet.sensor(), events.sensor()));
    }
    return events;
  }

  private EventTable part(EventSample sample, TimeWindow window) throws IOException {
    EventTable recording = recordings.read(sample.file());
    EventTable part = recording.during(window);
    if (part.size() == 0) {
      warnIfOutside(sample, window, TimeWindow.of(recording));
    }
    return part;
  }

  /** A part of a recording may be empty, but it must lie within the recording. */
  private void warnIfOutside(EventSample sample, TimeWindow window, TimeWindow whole) {
    boolean outside = window.end() <= whole.start() || window.start() >= whole.end();
    if (outside && told.add(sample.file())) {
      LOG.warn(
          "{}: the part {} lies outside of the recording, {}, so its frames are empty. Possible "
              + "cause: times in another unit, or of another recording. Further parts of this "
              + "file are not reported",
          sample.file(),
          window,
          whole);
    }
  }
}
