package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Figures of a recording that arrives in pieces. */
final class EventStatistics {

  /** The bin of the peak rate, in µs. */
  static final int BIN = 10_000;

  private long events;
  private long onEvents;
  private long earliest = Long.MAX_VALUE;
  private long latest;
  private long firstBin;
  private long bin;
  private long eventsOfBin;
  private long peak;
  private SensorSize sensor = new SensorSize(1, 1);

  private static final int PIECE = 1 << 16;

  /** Gives a recording to its end, in constant memory. */
  static void read(EventReader reader, Consumer<EventTable> use) throws IOException {
    for (EventTable piece = reader.next(PIECE); piece.size() > 0; piece = reader.next(PIECE)) {
      use.accept(piece);
    }
  }

  void add(EventTable piece) {
    if (events == 0 && piece.size() > 0) {
      firstBin = piece.t(0);
    }
    for (int i = 0; i < piece.size(); i++) {
      add(piece.t(i));
    }
    events += piece.size();
    onEvents += piece.onEvents();
    sensor =
        new SensorSize(
            Math.max(sensor.width(), piece.sensor().width()),
            Math.max(sensor.height(), piece.sensor().height()));
  }

  private void add(long t) {
    earliest = Math.min(earliest, t);
    latest = Math.max(latest, t);
    // If times go backwards, a bin is counted in parts, and the peak is the largest part.
    long next = Math.floorDiv(t - firstBin, BIN);
    eventsOfBin = next == bin ? eventsOfBin + 1 : 1;
    bin = next;
    peak = Math.max(peak, eventsOfBin);
  }

  long events() {
    return events;
  }

  long onEvents() {
    return onEvents;
  }

  /** In µs; like the latest time, meaningful only if there are events. */
  long earliest() {
    return earliest;
  }

  long latest() {
    return latest;
  }

  /** From the earliest to the latest event, in µs. */
  long duration() {
    return latest - earliest;
  }

  /** The most events in a bin; bins start at the first event. */
  long peak() {
    return peak;
  }

  /** The smallest size that holds the sensors of all pieces. */
  SensorSize sensor() {
    return sensor;
  }
}
