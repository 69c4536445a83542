package org.dl4jsnn.event.frame;

import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;

/**
 * Which of T time steps an event belongs to. Implementations are records, equal where they slice
 * alike.
 *
 * <ul>
 *   <li>{@link #intoEqualParts}: the window in T parts of equal duration;
 *   <li>{@link #intoEqualCounts}: the window in T parts of equally many events;
 *   <li>{@link #byTime}: steps of a given duration from the window's start on;
 *   <li>{@link #byCount}: steps of a given number of events from the window's start on.
 * </ul>
 */
public interface Slicing {

  /** The step of an event that belongs to none. */
  int OUTSIDE = -1;

  /**
   * The number of time steps.
   *
   * @return T, at least 1
   */
  int steps();

  /**
   * The step of every event.
   *
   * @param events the events; where they are counted it is in the table's order
   * @param window events outside of it belong to no step
   * @return a number from 0 to T - 1, or {@link #OUTSIDE}, for every event
   */
  int[] stepsOf(EventTable events, TimeWindow window);

  /**
   * What a cache of frames tells this slicing by among others of its class: a text that names all
   * settings, so that two of the same text give every event the same step. Of a custom slicing it
   * should also name a version, to be raised when it slices differently.
   *
   * @return the text; nothing, as by default, of a slicing whose frames must not be cached
   */
  default Optional<String> cacheKey() {
    return Optional.empty();
  }

  /**
   * The window in T parts of equal duration, to the microsecond; every event of it is in one.
   *
   * @param steps T, at least 1
   * @return the slicing
   * @throws IllegalArgumentException if T is below 1
   */
  static Slicing intoEqualParts(int steps) {
    return new EqualParts(steps);
  }

  /**
   * The window in T parts of equally many events (one more or less); every event of it is in one.
   *
   * @param steps T, at least 1
   * @return the slicing
   * @throws IllegalArgumentException if T is below 1
   */
  static Slicing intoEqualCounts(int steps) {
    return new EqualCounts(steps);
  }

  /**
   * T steps of a given duration from the window's start on. What comes after them is left out; if
   * the window is shorter, the last steps are empty.
   *
   * @param microseconds the duration of a step, at least 1
   * @param steps T, at least 1
   * @return the slicing
   * @throws IllegalArgumentException if one of them is below 1
   */
  static Slicing byTime(long microseconds, int steps) {
    return new StepsOfTime(microseconds, steps);
  }

  /**
   * T steps of a given number of events from the window's start on. What comes after them is left
   * out; if the window holds fewer, the last steps are empty.
   *
   * @param events the events of a step, at least 1
   * @param steps T, at least 1
   * @return the slicing
   * @throws IllegalArgumentException if one of them is below 1
   */
  static Slicing byCount(int events, int steps) {
    return new StepsOfCount(events, steps);
  }
}
