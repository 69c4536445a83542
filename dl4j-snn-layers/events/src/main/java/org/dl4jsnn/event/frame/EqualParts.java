package org.dl4jsnn.event.frame;

import java.util.Arrays;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;

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
    if (window.length() > Long.MAX_VALUE / steps) {
      throw new IllegalArgumentException(
          "the window's length times "
              + steps
              + " steps must be below 2^63 µs, got "
              + window
              + ". Possible cause: a damaged file");
    }
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
