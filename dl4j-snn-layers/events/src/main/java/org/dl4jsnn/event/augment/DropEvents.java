package org.dl4jsnn.event.augment;

import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.internal.Require;

/**
 * Drops events: draws a share for the sample uniformly from 0 to a maximum, then drops each event
 * with that probability.
 *
 * @param maximumShare from 0 to 1
 */
public record DropEvents(double maximumShare) implements EventAugmentation {

  /**
   * Checks the share.
   *
   * @param maximumShare from 0 to 1
   * @throws IllegalArgumentException if it is out of range
   */
  public DropEvents {
    Require.share("maximumShare", maximumShare);
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
