package org.dl4jsnn.event;

import java.io.IOException;

/**
 * Takes events one by one, in order of time: a file's {@link EventWriter}, or {@code table::add} of
 * an {@link EventTable}.
 */
@FunctionalInterface
public interface EventConsumer {

  /**
   * Takes the next event.
   *
   * @param x column, from 0 at the left
   * @param y row, from 0 at the top
   * @param t time in µs, not earlier than the previous event
   * @param on whether it is brighter (ON)
   * @throws IOException if the event cannot be written
   * @throws IllegalArgumentException if the event cannot be taken
   */
  void accept(int x, int y, long t, boolean on) throws IOException;
}
