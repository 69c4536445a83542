package org.dl4jsnn.event;

import java.util.Optional;
import org.dl4jsnn.internal.Require;

/**
 * How to read a recording. Begin with {@link #defaults()}: {@code
 * ReadOptions.defaults().backward(BackwardTimestamps.SORT).sensor(34, 34)}.
 *
 * @param keepTruncated whether to keep the events before a broken end, with a warning, instead of
 *     refusing the file
 * @param maximumEvents the most events to read; the rest is not looked at
 * @param backward what to do with times that go backwards
 * @param sensor the sensor's size, if the file states none
 * @param format the format, if it must not be recognised by content
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
   * @param keepTruncated whether to keep the events before a broken end
   * @param maximumEvents at least 1
   * @param backward what to do with times that go backwards
   * @param sensor the sensor's size, if the file states none
   * @param format the format, if it must not be recognised by content
   * @throws IllegalArgumentException if the maximum is below 1 or an argument is null
   */
  public ReadOptions {
    Require.not(maximumEvents < 1, "maximumEvents must be at least 1, got %s", maximumEvents);
    Require.given("backward", backward);
    Require.given("sensor", sensor);
    Require.given("format", format);
  }

  /**
   * {@return the strictest options: truncated files and times that go backwards are refused; all
   * events are read}
   */
  public static ReadOptions defaults() {
    return new ReadOptions(
        false, Long.MAX_VALUE, BackwardTimestamps.REFUSE, Optional.empty(), Optional.empty());
  }

  /** {@return these options, keeping the events before a broken end} */
  public ReadOptions keepingTruncated() {
    return new ReadOptions(true, maximumEvents, backward, sensor, format);
  }

  /**
   * {@return these options with a maximum of events}
   *
   * @param events how many to read, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public ReadOptions atMost(long events) {
    return new ReadOptions(keepTruncated, events, backward, sensor, format);
  }

  /**
   * {@return these options with another treatment of times that go backwards}
   *
   * @param treatment what to do
   */
  public ReadOptions backward(BackwardTimestamps treatment) {
    return new ReadOptions(keepTruncated, maximumEvents, treatment, sensor, format);
  }

  /**
   * {@return these options with the sensor's size, for files that state none}
   *
   * @param width pixels from left to right
   * @param height pixels from top to bottom
   * @throws IllegalArgumentException if a side is out of range
   */
  public ReadOptions sensor(int width, int height) {
    SensorSize size = new SensorSize(width, height);
    return new ReadOptions(keepTruncated, maximumEvents, backward, Optional.of(size), format);
  }

  /**
   * {@return these options with a format, whatever the content looks like}
   *
   * @param known the format
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
