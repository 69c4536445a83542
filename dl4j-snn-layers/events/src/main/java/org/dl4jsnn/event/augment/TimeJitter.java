package org.dl4jsnn.event.augment;

import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;

/**
 * Moves the time of each event by a normally distributed number of whole microseconds, and sorts
 * the events again. No event leaves the span from the first to the last, so slices lose none.
 *
 * @param deviation σ in µs, at least 0 and finite
 */
public record TimeJitter(double deviation) implements EventAugmentation {

  /**
   * Checks the deviation.
   *
   * @param deviation σ in µs
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public TimeJitter {
    if (!(deviation >= 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          "deviation must be at least 0 µs and finite, got " + deviation);
    }
  }

  @Override
  public EventTable augment(EventTable events, RandomGenerator random) {
    TimeWindow span = TimeWindow.of(events);
    EventTable jittered = new EventTable(events.format(), events.sensor());
    for (int i = 0; i < events.size(); i++) {
      double moved = events.t(i) - span.start() + deviation * random.nextGaussian();
      long t = Math.max(0, Math.min(span.length() - 1, Math.round(moved)));
      jittered.add(events.x(i), events.y(i), span.start() + t, events.on(i));
    }
    jittered.sort();
    return jittered;
  }
}
