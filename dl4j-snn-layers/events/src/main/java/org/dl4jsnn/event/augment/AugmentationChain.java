package org.dl4jsnn.event.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;

/**
 * Augmentations applied in order, which draw from the same random numbers in turn.
 *
 * @param parts the augmentations, in order; an empty list changes nothing
 */
public record AugmentationChain(List<EventAugmentation> parts) implements EventAugmentation {

  /**
   * Copies the parts.
   *
   * @param parts the augmentations, in order
   */
  public AugmentationChain {
    parts = List.copyOf(parts);
  }

  @Override
  public EventTable augment(EventTable events, RandomGenerator random) {
    EventTable changed = events;
    for (EventAugmentation part : parts) {
      changed = part.augment(changed, random);
    }
    return changed;
  }
}
