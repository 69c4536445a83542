package org.dl4jsnn.event.stream;

import java.util.function.Consumer;
import org.dl4jsnn.internal.Require;

/**
 * How a {@link SlicedStream} treats a network that is slow, and one that has just begun. Immutable.
 *
 * @param waiting the most slices that wait for the network, at least 1; the slices of a packet come
 *     at once
 * @param blocks whether reading waits for the network if so many wait; otherwise the oldest slice
 *     is dropped
 * @param warmUp answers made-up slices before the first real one is read
 */
public record SliceOptions(int waiting, boolean blocks, Consumer<EventSlice> warmUp) {

  private static final int WAITING = 4;
  private static final Consumer<EventSlice> NONE = slice -> {};

  /**
   * Checks the options.
   *
   * @param waiting the most slices that wait for the network
   * @param blocks whether reading waits for the network
   * @param warmUp answers made-up slices
   * @throws IllegalArgumentException if fewer than 1 slice may wait, or the warm-up is null
   */
  public SliceOptions {
    Require.atLeast("waiting", waiting, 1);
    Require.given("warmUp", warmUp);
  }

  /** {@return the defaults: at most four slices wait, then the oldest is dropped; no warm-up} */
  public static SliceOptions defaults() {
    return new SliceOptions(WAITING, false, NONE);
  }

  /**
   * {@return these options, with another number of waiting slices}
   *
   * @param most the most slices that wait for the network, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public SliceOptions waiting(int most) {
    return new SliceOptions(most, blocks, warmUp);
  }

  /**
   * {@return these options, dropping nothing: reading waits for a slow network} For recordings and
   * for senders that can wait; a camera's own buffers may overflow.
   */
  public SliceOptions blocking() {
    return new SliceOptions(waiting, true, warmUp);
  }

  /**
   * {@return these options, with a warm-up: Java interprets code at first, many times slower than
   * after it was compiled, so without one the first slices of a fast stream are dropped. {@link
   * SlicedStream#start} lets made-up slices be answered, numbered from 0, before it reads the
   * stream: at least 100 of them and for a second, at most 1,000 or for five seconds}
   *
   * @param answer what the network does with a slice, but to a copy of it, or to another stream of
   *     the same model: neither state nor results of the real one then change
   */
  public SliceOptions warmingUp(Consumer<EventSlice> answer) {
    return new SliceOptions(waiting, blocks, answer);
  }

  boolean hasWarmUp() {
    return warmUp != NONE;
  }
}
