package org.dl4jsnn.event;

/**
 * The free end of a table's columns, for a run of events that are written first and then checked.
 * The first goes to element {@link #start}; the last must be before {@link #limit}.
 */
final class EventRun {

  /** See {@link EventWord}. */
  final int[] place;

  /** Times in µs. */
  final long[] t;

  final int start;
  final int limit;

  /** The index after the last event written. */
  private int end;

  EventRun(int[] place, long[] t, int start, int limit) {
    this.place = place;
    this.t = t;
    this.start = start;
    this.limit = limit;
    end = start;
  }

  /** Records that events were written up to an element, exclusive. */
  void endAt(int element) {
    end = element;
  }

  int end() {
    return end;
  }

  boolean isEmpty() {
    return end == start;
  }

  long firstTime() {
    return t[start];
  }

  long lastTime() {
    return t[end - 1];
  }

  /** Whether times do not fall and start no earlier than a given time. */
  boolean isInOrderAfter(long time) {
    long latest = time;
    for (int i = start; i < end; i++) {
      if (t[i] < latest) {
        return false;
      }
      latest = t[i];
    }
    return true;
  }

  boolean isOn(SensorSize sensor) {
    return EventWord.allOn(sensor, place, start, end);
  }
}
