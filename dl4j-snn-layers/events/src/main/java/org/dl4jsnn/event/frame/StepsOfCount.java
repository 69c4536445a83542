package org.dl4jsnn.event.frame;

import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;

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

  /** The position of every event among those of the window. */
  static int[] places(EventTable table, TimeWindow window) {
    int[] places = new int[table.size()];
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = window.contains(table.t(i)) ? next++ : OUTSIDE;
    }
    return places;
  }
}
