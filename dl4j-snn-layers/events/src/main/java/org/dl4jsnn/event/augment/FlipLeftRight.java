package org.dl4jsnn.event.augment;

import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.internal.Require;

/**
 * Mirrors a sample left to right, with a probability. Not for classes that mirroring changes (left
 * and right hand, most digits and letters).
 *
 * @param probability from 0 to 1
 */
public record FlipLeftRight(double probability) implements EventAugmentation {

  /**
   * Checks the probability.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is out of range
   */
  public FlipLeftRight {
    Require.share("probability", probability);
  }

  @Override
  public EventTable augment(EventTable events, RandomGenerator random) {
    if (random.nextDouble() >= probability) {
      return events;
    }
    EventTable flipped = new EventTable(events.format(), events.sensor());
    int last = events.sensor().width() - 1;
    for (int i = 0; i < events.size(); i++) {
      flipped.add(last - events.x(i), events.y(i), events.t(i), events.on(i));
    }
    return flipped;
  }
}
