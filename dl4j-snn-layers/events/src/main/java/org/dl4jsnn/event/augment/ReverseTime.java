package org.dl4jsnn.event.augment;

import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.internal.Require;

/**
 * Runs a sample backwards, with a probability: the last event comes first, between the same first
 * and last times, and every polarity is swapped. A scene played backwards brightens where it
 * darkened before, so this is what a camera would have seen of the opposite movement. Not for
 * classes of movements, such as gestures.
 *
 * @param probability from 0 to 1
 */
public record ReverseTime(double probability) implements EventAugmentation {

  /**
   * Checks the probability.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is out of range
   */
  public ReverseTime {
    Require.share("probability", probability);
  }

  @Override
  public EventTable augment(EventTable events, RandomGenerator random) {
    if (random.nextDouble() >= probability || events.size() == 0) {
      return events;
    }
    EventTable reversed = new EventTable(events.format(), events.sensor());
    // Of a recording that was read with times that go backwards, they may be anywhere.
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < events.size(); i++) {
      first = Math.min(first, events.t(i));
      last = Math.max(last, events.t(i));
    }
    for (int i = events.size() - 1; i >= 0; i--) {
      reversed.add(events.x(i), events.y(i), first + (last - events.t(i)), !events.on(i));
    }
    return reversed;
  }
}
