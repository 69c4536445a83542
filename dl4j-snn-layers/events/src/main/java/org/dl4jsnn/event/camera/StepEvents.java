package org.dl4jsnn.event.camera;

import java.io.IOException;
import java.util.Arrays;
import org.dl4jsnn.event.EventConsumer;

/** The events of one step, emitted in order of time, then row, then column. */
final class StepEvents {

  private static final int PLACE_BITS = 15;
  private static final int PLACE = (1 << PLACE_BITS) - 1;
  private static final int TIME_SHIFT = 2 * PLACE_BITS + 1;

  /**
   * Time since the start of the step, row, column and polarity in one number that sorts in this
   * order.
   */
  private long[] events = new long[1024];

  private int size;

  void add(int x, int y, long sinceStart, boolean on) {
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
    }
    events[size++] =
        sinceStart << TIME_SHIFT | (long) y << PLACE_BITS + 1 | (long) x << 1 | (on ? 1 : 0);
  }

  /** Passes the events on and clears them. */
  void flush(long start, EventConsumer consumer) throws IOException {
    Arrays.sort(events, 0, size);
    for (int i = 0; i < size; i++) {
      long event = events[i];
      consumer.accept(
          (int) (event >>> 1) & PLACE,
          (int) (event >>> PLACE_BITS + 1) & PLACE,
          start + (event >>> TIME_SHIFT),
          (event & 1) != 0);
    }
    size = 0;
  }
}
