package org.dl4jsnn.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.internal.Require;

/**
 * Reads a recording piece by piece, for files larger than memory and for streams. It holds 64 KiB
 * of the file and one batch at a time; for AEDAT 4 also a packet (at most 64 MiB), for HDF5 a chunk
 * of each column (at most 64 MiB each), for ES-ImageNet the whole file. Made by {@link
 * EventFiles#open}. Not thread-safe.
 *
 * <pre>{@code
 * try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
 *   for (EventTable batch = reader.next(100_000); batch.size() > 0; batch = reader.next(100_000)) {
 *     int on = batch.onEvents();
 *   }
 * }
 * }</pre>
 */
public final class EventReader implements AutoCloseable {

  private final ByteSource source;
  private final ReadOptions options;
  private final EventDecoder decoder;
  private final Optional<SensorSize> sensor;
  private final DecodedEvents sink;
  private final boolean live;
  private final List<String> endWarnings = new ArrayList<>();
  private long events;
  private boolean ended;
  private EventFormatException failure;

  /**
   * Takes ownership of the source, and closes it if it cannot be read.
   *
   * @param live whether it is a stream, in a format that can be read as it arrives
   */
  EventReader(ByteSource source, ReadOptions options, boolean live) throws IOException {
    this.source = source;
    this.options = options;
    this.live = live;
    try {
      decoder =
          live
              ? FormatRecognition.liveDecoder(source, options.format())
              : FormatRecognition.decoder(source, options.format());
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
    sensor = decoder.sensor().or(options::sensor);
    sink = new DecodedEvents(source, sensor, options.backward());
  }

  /** {@return the file's format} */
  public EventFormat format() {
    return decoder.format();
  }

  /** {@return the sensor's size: that in the file, else in the options, else empty} */
  public Optional<SensorSize> sensor() {
    return sensor;
  }

  /**
   * Reads the next events.
   *
   * @param maximum the largest number to return, at least 1
   * @return the events; fewer than the maximum only at the end, none after it
   * @throws EventFormatException if the file is malformed; every later call then throws it again
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the maximum is below 1
   */
  public EventTable next(int maximum) throws IOException {
    return next(maximum, false);
  }

  /**
   * Waits for the next event and reads those that arrived with it, without waiting for more; in a
   * packet format, at most one packet. Events that arrived before damaged data are returned before
   * the exception is thrown.
   *
   * @param maximum the largest number to return, at least 1
   * @return the events; none at the end
   * @throws EventFormatException as for {@link #next}
   * @throws IOException if the file or stream cannot be read
   * @throws IllegalArgumentException if the maximum is below 1
   */
  public EventTable nextArrived(int maximum) throws IOException {
    return next(maximum, true);
  }

  private EventTable next(int maximum, boolean arrived) throws IOException {
    Require.atLeast("maximum", maximum, 1);
    EventTable batch = newTable();
    readInto(batch, maximum, arrived);
    return batch;
  }

  /** An empty table for events of this file. */
  EventTable newTable() {
    return new EventTable(decoder.format().toString(), sensor);
  }

  /** Appends events to a table until it holds a number of them, or none are left. */
  void readInto(EventTable table, int target) throws IOException {
    readInto(table, target, false);
  }

  private void readInto(EventTable table, int target, boolean arrived) throws IOException {
    if (failure != null) {
      throw failure;
    }
    int before = table.size();
    long allowed = options.maximumEvents() - events;
    sink.fill(
        table, (int) Math.min(target, before + Math.min(allowed, Integer.MAX_VALUE)), arrived);
    try {
      if (!ended) {
        decoder.decode(source, sink);
        events += table.size() - before;
        if (!sink.full() && !sink.paused()) {
          ended = true;
          checkEnd();
        }
      }
    } catch (EventFormatException e) {
      failure = e;
      if (!arrived || table.size() == before) {
        throw e;
      }
    }
  }

  private void checkEnd() throws EventFormatException {
    int leftover = source.buffered();
    if (leftover > 0) {
      truncated(leftover + " bytes of an incomplete record");
    } else if (decoder.missing().isPresent()) {
      truncated("all but " + decoder.missing().get());
    }
    if (events == 0) {
      if (!options.keepTruncated()) {
        throw source.failureHere(
            "it must hold events", "none", "a recording stopped immediately, or a truncated file");
      }
      endWarnings.add("no events");
    }
  }

  private void truncated(String end) throws EventFormatException {
    if (!options.keepTruncated()) {
      throw source.failureHere(
          "the file must end with a whole record",
          end,
          "a truncated file; ReadOptions.keepingTruncated reads the intact part");
    }
    endWarnings.add("truncated: ends at byte " + source.offset() + " with " + end);
  }

  /** Whether unread data follows. */
  boolean hasMore() {
    return !ended && (decoder.pending() || source.hasMore());
  }

  /** The same for what has arrived, since a stream would wait for more. */
  private boolean hasBuffered() {
    return !ended && (decoder.pending() || source.buffered() > 0);
  }

  /** The exception to throw if no more can be read. */
  EventFormatException failureHere(String rule, Object found, String cause) {
    return source.failureHere(rule, found, cause);
  }

  /**
   * {@return how many events so far are earlier than an event before them; 0 unless the options
   * keep such events}
   */
  public long backwardEvents() {
    return sink.backwardEvents();
  }

  /**
   * {@return the faults of the file tolerated so far, as the options allow; one sentence per fault}
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(endWarnings);
    if (sink.backwardEvents() > 0) {
      warnings.add(
          sink.backwardEvents()
              + " events go backwards in time, by "
              + sink.furthestBack()
              + " µs at most");
    }
    if (events == options.maximumEvents() && (live ? hasBuffered() : hasMore())) {
      warnings.add("stopped after " + events + " events, as asked, at byte " + source.offset());
    }
    return warnings;
  }

  /**
   * {@return notes that are not faults, so far: what was left out, and sizes that the file does not
   * state or that differ from the options; one sentence per note}
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(decoder.leftOut());
    if (sensor.isEmpty()) {
      notes.add("the file states no sensor size; the smallest that holds the events is used");
    }
    if (decoder.sensor().isPresent()
        && options.sensor().isPresent()
        && !decoder.sensor().equals(options.sensor())) {
      notes.add(
          "the file's sensor of "
              + decoder.sensor().get()
              + " is used, not the option's of "
              + options.sensor().get());
    }
    return notes;
  }

  @Override
  public void close() throws IOException {
    try (source) {
      decoder.close();
    }
  }
}
