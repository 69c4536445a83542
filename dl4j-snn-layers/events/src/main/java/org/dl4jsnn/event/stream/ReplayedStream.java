package org.dl4jsnn.event.stream;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/**
 * Returns recorded events at their original pace, in pieces of 1 ms of their time. Closing it on
 * another thread ends a wait.
 */
final class ReplayedStream implements EventStream {

  private static final long PIECE_MICROS = 1000;
  private static final double NANOS_A_MICRO = 1000;

  /** 146 years, which added to a clock's time give no overflow. */
  private static final double LONGEST_WAIT = Long.MAX_VALUE / 2;

  private final EventStream recorded;
  private final double speed;
  private final StreamClock clock;

  private EventTable batch;
  private int next;

  /** The time of the first event, and the clock's time when it was returned. */
  private long firstTime;

  private long began;

  /** Guards what follows. */
  private final Object lock = new Object();

  private boolean closed;

  /** Waits for the clock; null if no thread does. */
  private Thread waiting;

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
    EventTable piece = nothing();
    if (next < batch.size()) {
      long end = pieceOf(batch.t(next)) + 1;
      while (next < batch.size() && pieceOf(batch.t(next)) < end) {
        piece.add(batch.x(next), batch.y(next), batch.t(next), batch.on(next));
        next++;
      }
      long since = piece.t(piece.size() - 1) - firstTime;
      boolean goesOn =
          waitUntil(began + (long) Math.min(LONGEST_WAIT, since * NANOS_A_MICRO / speed));
      return goesOn ? piece : nothing();
    }
    return piece;
  }

  private EventTable nothing() {
    return new EventTable(batch.format(), batch.sensor());
  }

  /** Waits for the clock; returns false if the stream was closed. */
  private boolean waitUntil(long moment) throws InterruptedException {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      waiting = Thread.currentThread();
    }
    try {
      clock.waitUntil(moment);
    } catch (InterruptedException e) {
      if (!isClosed()) {
        throw e;
      }
    } finally {
      stopWaiting();
    }
    return !isClosed();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private void stopWaiting() {
    synchronized (lock) {
      waiting = null;
      if (closed) {
        // The interrupt of close() may have come behind the wait.
        Thread.interrupted();
      }
    }
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
    synchronized (lock) {
      closed = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
    recorded.close();
  }

  /** Events in memory, in one piece. */
  static final class Whole implements EventStream {

    private final EventTable events;
    private boolean given;

    Whole(EventTable events) {
      this.events = events;
    }

    @Override
    public Optional<SensorSize> sensor() {
      return Optional.of(events.sensor());
    }

    @Override
    public EventTable next() {
      if (given) {
        return new EventTable(events.format(), events.sensor());
      }
      given = true;
      return events;
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
