package org.dl4jsnn.event.frame;

import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;

/**
 * Assigns events to T time steps. Implementations are records; equal records slice equally.
 *
 * <pre>{@code
 * FrameOptions whole = FrameOptions.of(Slicing.intoEqualParts(10));
 * FrameOptions beginning = FrameOptions.of(Slicing.byTime(10_000, 50)); // 50 steps of 10 ms
 * }</pre>
 *
 * <ul>
 *   <li>{@link #intoEqualParts}: T parts of equal duration;
 *   <li>{@link #intoEqualCounts}: T parts with equally many events;
 *   <li>{@link #byTime}: steps of a given duration from the window's start;
 *   <li>{@link #byCount}: steps of a given number of events from the window's start.
 * </ul>
 */
public interface Slicing {

  /** The step of an event that belongs to no step. */
  int OUTSIDE = -1;

  /** {@return T, the number of time steps, at least 1} */
  int steps();

  /**
   * {@return the step of every event: a number from 0 to T - 1, or {@link #OUTSIDE}}
   *
   * @param events the events; counted in the table's order
   * @param window the window; events outside belong to no step
   */
  int[] stepsOf(EventTable events, TimeWindow window);

  /**
   * {@return the key that tells this slicing from others of its class in a cache of frames: a text
   * of all settings; empty (default) if the frames must not be cached} Slicings with equal texts
   * must give every event the same step. A custom slicing should include a version, to be raised
   * when it slices differently.
   */
  default Optional<String> cacheKey() {
    return Optional.empty();
  }

  /**
   * {@return one that splits the window into T parts of equal duration, to the microsecond; every
   * event in it belongs to one}
   *
   * @param steps T, at least 1
   * @throws IllegalArgumentException if T is below 1
   */
  static Slicing intoEqualParts(int steps) {
    return new Slicings.EqualParts(steps);
  }

  /**
   * {@return one that splits the window into T parts with equally many events (one more or less);
   * every event in it belongs to one}
   *
   * @param steps T, at least 1
   * @throws IllegalArgumentException if T is below 1
   */
  static Slicing intoEqualCounts(int steps) {
    return new Slicings.EqualCounts(steps);
  }

  /**
   * {@return T steps of a given duration from the window's start} Later events are left out; if the
   * window is shorter, the last steps are empty.
   *
   * @param microseconds the duration of a step, at least 1
   * @param steps T, at least 1
   * @throws IllegalArgumentException if one of them is below 1
   */
  static Slicing byTime(long microseconds, int steps) {
    return new Slicings.StepsOfTime(microseconds, steps);
  }

  /**
   * {@return T steps of a given number of events from the window's start} Later events are left
   * out; if the window holds fewer, the last steps are empty.
   *
   * @param events the number of events per step, at least 1
   * @param steps T, at least 1
   * @throws IllegalArgumentException if one of them is below 1
   */
  static Slicing byCount(int events, int steps) {
    return new Slicings.StepsOfCount(events, steps);
  }
}
