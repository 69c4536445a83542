package org.dl4jsnn.event.frame;

import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;

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
    int[] stepOf = StepsOfCount.places(events, window);
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
