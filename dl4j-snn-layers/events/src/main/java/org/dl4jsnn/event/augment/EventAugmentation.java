package org.dl4jsnn.event.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;

/**
 * A random change to the events of a sample. Implementations have no state, so all threads can
 * share one; they never change the given table, and may return it unchanged.
 *
 * <ul>
 *   <li>{@link FlipLeftRight}: mirrored;
 *   <li>{@link ReverseTime}: backwards;
 *   <li>{@link Shift}: moved over the sensor;
 *   <li>{@link RandomAffine}: rotated, scaled, sheared;
 *   <li>{@link DropEvents}: fewer events;
 *   <li>{@link TimeJitter}: slightly changed times;
 *   <li>{@link AugmentationChain}: several, one after another;
 *   <li>{@link #none()}.
 * </ul>
 */
@FunctionalInterface
public interface EventAugmentation {

  /**
   * Changes a sample.
   *
   * @param events the events, in order of time
   * @param random the source of random numbers; the same numbers give the same change
   * @return events of the same sensor, in order of time; those outside the sample's time window are
   *     in no frame
   */
  EventTable augment(EventTable events, RandomGenerator random);

  /**
   * No change.
   *
   * @return an augmentation that returns the events unchanged
   */
  static EventAugmentation none() {
    return new AugmentationChain(List.of());
  }

  /**
   * Several changes, one after another.
   *
   * @param parts the changes, in order
   * @return the chain
   */
  static EventAugmentation chain(EventAugmentation... parts) {
    return new AugmentationChain(List.of(parts));
  }
}
