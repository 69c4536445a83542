package org.dl4jsnn.event.frame;

import java.util.Arrays;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.event.ShortSlices;

/** Steps of a given duration: step ⌊(t - start) / duration⌋ if that is below T. */
record StepsOfTime(long microseconds, int steps) implements Slicing {

  StepsOfTime {
    if (microseconds < 1) {
      throw new IllegalArgumentException("microseconds must be at least 1, got " + microseconds);
    }
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
