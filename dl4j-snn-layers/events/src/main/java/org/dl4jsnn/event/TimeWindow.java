package org.dl4jsnn.event;

import org.dl4jsnn.internal.Require;

/**
 * A span of time of a recording, from its start (inclusive) to its end (exclusive).
 *
 * @param start in µs on the recording's clock, not negative
 * @param end in µs, after the start
 */
public record TimeWindow(long start, long end) {

  /**
   * Checks the window.
   *
   * @param start in µs
   * @param end in µs
   * @throws IllegalArgumentException if the start is negative or the end is not after it
   */
  public TimeWindow {
    Require.not(start < 0, "start must be at least 0 µs, got %s", start);
    Require.not(end <= start, "end must be after the start, %s µs, got %s", start, end);
  }

  /**
   * {@return the shortest window that holds all events of a table, in any order: from the first
   * time to 1 µs after the last; from 0 to 1 µs if there are no events}
   *
   * @param events the events
   * @throws IllegalArgumentException if the last time is 2^63 - 1 µs
   */
  public static TimeWindow of(EventTable events) {
    if (events.size() == 0) {
      return new TimeWindow(0, 1);
    }
    long first = Long.MAX_VALUE;
    long last = 0;
    for (int i = 0; i < events.size(); i++) {
      first = Math.min(first, events.t(i));
      last = Math.max(last, events.t(i));
    }
    if (last == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "t must be below 2^63 - 1 µs, got " + last + ". Possible cause: a damaged file");
    }
    return new TimeWindow(first, last + 1);
  }

  /** {@return its length in µs, at least 1} */
  public long length() {
    return end - start;
  }

  /**
   * {@return whether a time lies in it}
   *
   * @param t in µs
   */
  public boolean contains(long t) {
    return t >= start && t < end;
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ") µs";
  }
}
