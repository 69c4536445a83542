package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.util.LongSummaryStatistics;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Figures of a recording that arrives in pieces. */
final class EventStatistics {

  /** The bin of the peak rate, in µs. */
  static final int BIN = 10_000;

  private static final int PIECE = 1 << 16;

  /** Of all events, in µs. */
  final LongSummaryStatistics times = new LongSummaryStatistics();

  long onEvents;

  /** The most events in a bin; bins start at the first event. */
  long peak;

  /** The smallest size that holds the sensors of all pieces. */
  SensorSize sensor = new SensorSize(1, 1);

  private long firstBin;
  private long bin;
  private long eventsOfBin;

  /** Gives a recording to its end, in constant memory. */
  static void read(EventReader reader, Consumer<EventTable> use) throws IOException {
    for (EventTable piece = reader.next(PIECE); piece.size() > 0; piece = reader.next(PIECE)) {
      use.accept(piece);
    }
  }

  void add(EventTable piece) {
    if (times.getCount() == 0 && piece.size() > 0) {
      firstBin = piece.t(0);
    }
    for (int i = 0; i < piece.size(); i++) {
      add(piece.t(i));
    }
    onEvents += piece.onEvents();
    sensor =
        new SensorSize(
            Math.max(sensor.width(), piece.sensor().width()),
            Math.max(sensor.height(), piece.sensor().height()));
  }

  private void add(long t) {
    times.accept(t);
    // If times go backwards, a bin is counted in parts, and the peak is the largest part.
    long next = Math.floorDiv(t - firstBin, BIN);
    eventsOfBin = next == bin ? eventsOfBin + 1 : 1;
    bin = next;
    peak = Math.max(peak, eventsOfBin);
  }
}
