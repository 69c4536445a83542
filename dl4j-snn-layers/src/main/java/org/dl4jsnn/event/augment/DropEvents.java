package org.dl4jsnn.event.augment;

import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;

/**
 * Leaves events out: draws a share for the sample, from 0 to a maximum with equal probability, then
 * leaves each event out with that probability.
 *
 * @param maximumShare from 0 to 1
 */
public record DropEvents(double maximumShare) implements EventAugmentation {

  /**
   * Checks the share.
   *
   * @param maximumShare from 0 to 1
   * @throws IllegalArgumentException if it is not
   */
  public DropEvents {
    ShareRule.require("maximumShare", maximumShare);
  }

  @Override
  public EventTable augment(EventTable events, RandomGenerator random) {
    double share = maximumShare * random.nextDouble();
    EventTable kept = new EventTable(events.format(), events.sensor());
    for (int i = 0; i < events.size(); i++) {
      if (random.nextDouble() >= share) {
        kept.add(events.x(i), events.y(i), events.t(i), events.on(i));
      }
    }
    return kept;
  }
}
