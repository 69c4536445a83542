package org.dl4jsnn.event.stream;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Returns recorded events at their original pace, in pieces of 1 ms of their time. */
final class ReplayedStream implements EventStream {

  private static final long PIECE_MICROS = 1000;
  private static final double NANOS_A_MICRO = 1000;

  private final EventStream recorded;
  private final double speed;
  private final StreamClock clock;

  private EventTable batch;
  private int next;

  /** The time of the first event, and the clock's time when it was returned. */
  private long firstTime;

  private long began;

  ReplayedStream(EventStream recorded, double speed, StreamClock clock) {
    this.recorded = recorded;
    this.speed = speed;
    this.clock = clock;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return recorded.sensor();
  }

  @Override
  public EventTable next() throws IOException, InterruptedException {
    if (batch == null) {
      batch = recorded.next();
      began = clock.nanos();
      firstTime = batch.size() == 0 ? 0 : batch.t(0);
    } else if (next == batch.size()) {
      batch = recorded.next();
      next = 0;
    }
    EventTable piece = new EventTable(batch.format(), batch.sensor());
    if (next < batch.size()) {
      long end = pieceOf(batch.t(next)) + 1;
      while (next < batch.size() && pieceOf(batch.t(next)) < end) {
        piece.add(batch.x(next), batch.y(next), batch.t(next), batch.on(next));
        next++;
      }
      long since = piece.t(piece.size() - 1) - firstTime;
      clock.waitUntil(began + (long) (since * NANOS_A_MICRO / speed));
    }
    return piece;
  }

  private long pieceOf(long time) {
    return (time - firstTime) / PIECE_MICROS;
  }

  @Override
  public List<String> warnings() {
    return recorded.warnings();
  }

  @Override
  public void close() throws IOException {
    recorded.close();
  }
}
