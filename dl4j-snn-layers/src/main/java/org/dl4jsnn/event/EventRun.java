package org.dl4jsnn.event;

/**
 * The free end of a table's columns, for a run of events that are written at once and checked then:
 * element {@link #start} of the columns is for the first of them, and none may be at {@link
 * #limit}.
 */
final class EventRun {

  /** See {@link EventWord}. */
  final int[] place;

  /** Times in µs. */
  final long[] t;

  final int start;
  final int limit;

  /** Behind the last event that was written. */
  private int end;

  EventRun(int[] place, long[] t, int start, int limit) {
    this.place = place;
    this.t = t;
    this.start = start;
    this.limit = limit;
    end = start;
  }

  /** Tells that events were written up to an element, not including it. */
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

  /** Whether no time is before a given one, or before that in front of it. */
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
