package org.dl4jsnn.event;

import java.io.Closeable;
import java.io.IOException;
import org.dl4jsnn.internal.Require;

/**
 * Writes a recording event by event, in constant memory. The whole file appears when it is
 * finished; closing the writer earlier leaves nothing. Not thread-safe.
 *
 * <pre>{@code
 * try (EventWriter writer = new Aedat2Writer(file, sensor)) {
 *   camera.record(image, seed, writer);
 *   writer.finish();
 * }
 * }</pre>
 */
public interface EventWriter extends EventConsumer, Closeable {

  /**
   * Writes the events of a table.
   *
   * @param events in order of time
   * @throws IOException if they cannot be written
   * @throws IllegalArgumentException if the format cannot hold one of them
   */
  default void write(EventTable events) throws IOException {
    Require.given("events", events);
    for (int i = 0; i < events.size(); i++) {
      accept(events.x(i), events.y(i), events.t(i), events.on(i));
    }
  }

  /**
   * Moves the file into place, replacing an older one.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if it was already finished or closed
   */
  void finish() throws IOException;

  /**
   * Discards an unfinished file; does nothing after {@link #finish()}.
   *
   * @throws IOException if what was written so far cannot be deleted
   */
  @Override
  void close() throws IOException;
}
