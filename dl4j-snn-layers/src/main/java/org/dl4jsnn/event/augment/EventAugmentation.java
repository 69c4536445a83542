package org.dl4jsnn.event.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;

/**
 * A random change to the events of a sample. Implementations have no state, so that all threads can
 * share one; they never change the table that they are given, and may return it as it is.
 *
 * <ul>
 *   <li>{@link FlipLeftRight}: mirrored;
 *   <li>{@link Shift}: moved over the sensor;
 *   <li>{@link RandomAffine}: turned, larger or smaller, slanted;
 *   <li>{@link DropEvents}: some events less;
 *   <li>{@link TimeJitter}: times changed a little;
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
   * @param random what to draw from; the same numbers give the same change
   * @return events of the same sensor, in order of time; those outside of the sample's window of
   *     time are in no frame
   */
  EventTable augment(EventTable events, RandomGenerator random);

  /**
   * No change.
   *
   * @return what returns the events as they are
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
