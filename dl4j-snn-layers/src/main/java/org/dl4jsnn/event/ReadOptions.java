package org.dl4jsnn.event;

import java.util.Optional;
import org.dl4jsnn.internal.Require;

/**
 * How to read a recording. Begin with {@link #defaults()}: {@code
 * ReadOptions.defaults().backward(BackwardTimestamps.SORT).sensor(34, 34)}.
 *
 * @param keepTruncated whether to keep the events in front of a broken end, with a warning, instead
 *     of refusing the file
 * @param maximumEvents how many events to read at most; what follows is not looked at
 * @param backward what to do with times that go backwards
 * @param sensor the sensor's size, where the file names none
 * @param format the format, where the content alone must not decide
 */
public record ReadOptions(
    boolean keepTruncated,
    long maximumEvents,
    BackwardTimestamps backward,
    Optional<SensorSize> sensor,
    Optional<EventFormat> format) {

  /**
   * Checks the options.
   *
   * @param keepTruncated whether to keep what is in front of a broken end
   * @param maximumEvents at least 1
   * @param backward what to do with times that go backwards
   * @param sensor the sensor's size, where the file names none
   * @param format the format, where the content alone must not decide
   * @throws IllegalArgumentException if the maximum is below 1, or an object is not given
   */
  public ReadOptions {
    if (maximumEvents < 1) {
      throw new IllegalArgumentException("maximumEvents must be at least 1, got " + maximumEvents);
    }
    Require.given("backward", backward);
    Require.given("sensor", sensor);
    Require.given("format", format);
  }

  /**
   * The strictest: a truncated file is refused, and one whose times go backwards; all events are
   * read.
   *
   * @return the options
   */
  public static ReadOptions defaults() {
    return new ReadOptions(
        false, Long.MAX_VALUE, BackwardTimestamps.REFUSE, Optional.empty(), Optional.empty());
  }

  /**
   * These options, but keeping what is in front of a broken end.
   *
   * @return the options
   */
  public ReadOptions keepingTruncated() {
    return new ReadOptions(true, maximumEvents, backward, sensor, format);
  }

  /**
   * These options, but with a maximum of events.
   *
   * @param events how many to read, at least 1
   * @return the options
   * @throws IllegalArgumentException if it is smaller
   */
  public ReadOptions atMost(long events) {
    return new ReadOptions(keepTruncated, events, backward, sensor, format);
  }

  /**
   * These options, but with another treatment of times that go backwards.
   *
   * @param treatment what to do
   * @return the options
   */
  public ReadOptions backward(BackwardTimestamps treatment) {
    return new ReadOptions(keepTruncated, maximumEvents, treatment, sensor, format);
  }

  /**
   * These options, but with the size of the sensor, for files that name none.
   *
   * @param width pixels from left to right
   * @param height pixels from top to bottom
   * @return the options
   * @throws IllegalArgumentException if a side is not one that a sensor can have
   */
  public ReadOptions sensor(int width, int height) {
    SensorSize size = new SensorSize(width, height);
    return new ReadOptions(keepTruncated, maximumEvents, backward, Optional.of(size), format);
  }

  /**
   * These options, but with a format, whatever the content looks like.
   *
   * @param known the format
   * @return the options
   */
  public ReadOptions as(EventFormat known) {
    return new ReadOptions(
        keepTruncated,
        maximumEvents,
        backward,
        sensor,
        Optional.of(Require.given("format", known)));
  }
}
