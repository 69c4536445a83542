package org.dl4jsnn.event;

import java.util.Optional;

/** Where decoders put events: checks place and time, and counts how far times go backwards. */
final class EventSink {

  private final ByteSource source;
  private final boolean keepBackward;
  private final SensorSize limits;
  private EventTable table;
  private int target;
  private long latest;
  private long backwardEvents;
  private long furthestBack;

  EventSink(ByteSource source, Optional<SensorSize> sensor, BackwardTime backward) {
    this.source = source;
    keepBackward = backward != BackwardTime.REFUSE;
    limits = sensor.orElseGet(() -> new SensorSize(SensorSize.LARGEST, SensorSize.LARGEST));
  }

  /** Lets events go into a table until it holds a number of them. */
  void fill(EventTable next, int events) {
    table = next;
    target = events;
  }

  boolean full() {
    return table.size() >= target;
  }

  /**
   * Takes an event of the source's present record.
   *
   * @throws EventFormatException if it is not on the sensor, or goes backwards and must not
   */
  void add(int x, int y, long t, boolean on) throws EventFormatException {
    if (!limits.contains(x, y)) {
      throw source.failure(
          "(x, y) must be on the sensor of "
              + limits
              + ", got ("
              + x
              + ", "
              + y
              + "). Possible cause: a damaged file, or the size of another sensor");
    }
    if (t < latest) {
      backwards(t);
    } else {
      latest = t;
    }
    table.append(x, y, t, on);
  }

  private void backwards(long t) throws EventFormatException {
    if (t < 0) {
      throw source.failure(
          "t must be from 0 to 2^63 - 1 µs, got " + t + ". Possible cause: a damaged file");
    }
    if (!keepBackward) {
      throw source.failure(
          "t must not go backwards, got "
              + t
              + " µs after "
              + latest
              + " µs. Possible cause: a damaged file, or a clock that was reset while recording;"
              + " BackwardTime.KEEP and SORT read it nevertheless");
    }
    backwardEvents++;
    furthestBack = Math.max(furthestBack, latest - t);
  }

  long backwardEvents() {
    return backwardEvents;
  }

  /** The most that a time lies before the latest one so far, in µs. */
  long furthestBack() {
    return furthestBack;
  }
}
