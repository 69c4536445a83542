package org.dl4jsnn.event.stream;

import java.io.IOException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;

/** Cuts events into slices of equal time. The first slice starts with the first event. */
final class SliceCutter {

  /** 48 MiB; a slice that a network can follow is far smaller. */
  private static final int MOST_EVENTS = 1 << 22;

  private final long length;
  private final SensorSize sensor;
  private final SliceQueue queue;

  /** The events of the current slice; null before the first event. */
  private EventTable events;

  private long number;
  private long start;
  private long arrived;

  SliceCutter(long length, SensorSize sensor, SliceQueue queue) {
    this.length = length;
    this.sensor = sensor;
    this.queue = queue;
  }

  /** Adds events that arrived at a given time of the clock. */
  void add(EventTable piece, long moment) throws IOException, InterruptedException {
    for (int i = 0; i < piece.size(); i++) {
      long time = piece.t(i);
      requireTime(time);
      if (events == null) {
        start = time;
        events = like(piece);
      } else if (time - start >= length) {
        finish();
        passOver((time - start) / length, piece, moment);
      }
      requireRoom();
      events.add(piece.x(i), piece.y(i), time, piece.on(i));
      arrived = moment;
    }
  }

  private void requireTime(long time) throws IOException {
    if (events != null && time < start || time > Long.MAX_VALUE - length) {
      throw new IOException(
          String.format(
              "t of a stream's events must not go backwards, and be below 2^63 - %s µs, got "
                  + "%s µs in the slice from %s µs. Possible cause: a camera's clock that was reset",
              length, time, start));
    }
  }

  private void requireRoom() throws IOException {
    if (events.size() == MOST_EVENTS) {
      throw new IOException(
          ("a slice must have at most %s events, got more in that from %s µs. Possible"
                  + " cause: slices that are too long, or a damaged stream")
              .formatted(MOST_EVENTS, start));
    }
  }

  /** The end of the stream ends the last slice. */
  void end() throws InterruptedException {
    if (events != null) {
      finish();
    }
  }

  private void finish() throws InterruptedException {
    queue.offer(new EventSlice(number, window(), events, arrived));
  }

  /** Advances by some slices; those in between had no events. */
  private void passOver(long slices, EventTable piece, long moment) throws InterruptedException {
    long empty = slices - 1;
    long unseen = empty - queue.kept(empty);
    queue.skip(unseen);
    move(unseen + 1);
    for (long i = unseen; i < empty && !queue.hasEnded(); i++) {
      queue.offer(new EventSlice(number, window(), like(piece), moment));
      move(1);
    }
    events = like(piece);
  }

  private void move(long slices) {
    number += slices;
    start += slices * length;
  }

  private TimeWindow window() {
    return new TimeWindow(start, start + length);
  }

  private EventTable like(EventTable piece) {
    return new EventTable(piece.format(), sensor);
  }
}
