package org.dl4jsnn.event.frame;

import java.util.Arrays;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.event.ShortSlices;

/** The slicings of {@link Slicing}, which says what they do. */
final class Slicings {

  private Slicings() {}

  /** Splits the window into parts of equal duration: step ⌊T · (t - start) / length⌋. */
  record EqualParts(int steps) implements Slicing {

    EqualParts {
      Require.atLeast("steps", steps, 1);
    }

    @Override
    public Optional<String> cacheKey() {
      return Optional.of("steps " + steps);
    }

    @Override
    public int[] stepsOf(EventTable events, TimeWindow window) {
      Require.not(
          window.length() > Long.MAX_VALUE / steps,
          "the window's length times %s steps must be below 2^63 µs, got %s. Possible"
              + " cause: a damaged file",
          steps,
          window);
      int[] stepOf = new int[events.size()];
      Arrays.setAll(
          stepOf,
          i ->
              window.contains(events.t(i))
                  ? (int) (steps * (events.t(i) - window.start()) / window.length())
                  : OUTSIDE);
      return stepOf;
    }
  }

  /** Splits the window into parts with equally many events: event i of n in step ⌊T · i / n⌋. */
  record EqualCounts(int steps) implements Slicing {

    EqualCounts {
      Require.atLeast("steps", steps, 1);
    }

    @Override
    public Optional<String> cacheKey() {
      return Optional.of("steps " + steps);
    }

    @Override
    public int[] stepsOf(EventTable events, TimeWindow window) {
      int[] stepOf = places(events, window);
      long inWindow = 0;
      for (int place : stepOf) {
        inWindow += place == OUTSIDE ? 0 : 1;
      }
      for (int i = 0; i < stepOf.length; i++) {
        if (stepOf[i] != OUTSIDE) {
          stepOf[i] = (int) ((long) steps * stepOf[i] / inWindow);
        }
      }
      return stepOf;
    }
  }

  /** Steps of a given duration: step ⌊(t - start) / duration⌋ if that is below T. */
  record StepsOfTime(long microseconds, int steps) implements Slicing {

    StepsOfTime {
      Require.not(microseconds < 1, "microseconds must be at least 1, got %s", microseconds);
      Require.atLeast("steps", steps, 1);
      ShortSlices.look(microseconds, steps);
    }

    @Override
    public Optional<String> cacheKey() {
      return Optional.of("microseconds " + microseconds + ", steps " + steps);
    }

    @Override
    public int[] stepsOf(EventTable events, TimeWindow window) {
      int[] stepOf = new int[events.size()];
      Arrays.setAll(stepOf, i -> stepOf(events.t(i), window));
      return stepOf;
    }

    private int stepOf(long t, TimeWindow window) {
      if (!window.contains(t)) {
        return OUTSIDE;
      }
      long step = (t - window.start()) / microseconds;
      return step < steps ? (int) step : OUTSIDE;
    }
  }

  /** Steps of a given number of events: event i is in step ⌊i / number⌋ if that is below T. */
  record StepsOfCount(int events, int steps) implements Slicing {

    StepsOfCount {
      Require.atLeast("events", events, 1);
      Require.atLeast("steps", steps, 1);
    }

    @Override
    public Optional<String> cacheKey() {
      return Optional.of("events " + events + ", steps " + steps);
    }

    @Override
    public int[] stepsOf(EventTable table, TimeWindow window) {
      int[] stepOf = places(table, window);
      for (int i = 0; i < stepOf.length; i++) {
        if (stepOf[i] != OUTSIDE) {
          int step = stepOf[i] / events;
          stepOf[i] = step < steps ? step : OUTSIDE;
        }
      }
      return stepOf;
    }
  }

  /** The position of every event among those of the window. */
  private static int[] places(EventTable table, TimeWindow window) {
    int[] places = new int[table.size()];
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = window.contains(table.t(i)) ? next++ : Slicing.OUTSIDE;
    }
    return places;
  }
}
