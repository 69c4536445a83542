package org.dl4jsnn.event.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;

/**
 * A random change to the events of a sample. Implementations have no state, so all threads can
 * share one; they never change the given table, and may return it unchanged.
 *
 * <pre>{@code
 * EventAugmentation change =
 *     EventAugmentation.chain(
 *         EventAugmentation.flipLeftRight(0.5),
 *         EventAugmentation.shift(5),
 *         EventAugmentation.dropEvents(0.3));
 * }</pre>
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

  /** {@return no change: an augmentation that returns the events as they are} */
  static EventAugmentation none() {
    return chain();
  }

  /**
   * {@return several changes, one after another}
   *
   * @param parts the changes, in order
   */
  static EventAugmentation chain(EventAugmentation... parts) {
    return new Augmentations.Chain(List.of(parts));
  }

  /**
   * {@return one that mirrors a sample left to right, with a probability} Not for classes that
   * mirroring changes (left and right hand, most digits and letters).
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is out of range
   */
  static EventAugmentation flipLeftRight(double probability) {
    return new Augmentations.FlipLeftRight(probability);
  }

  /**
   * {@return one that runs a sample backwards, with a probability: the last event comes first,
   * between the same first and last times, and every polarity is swapped} A scene played backwards
   * brightens where it darkened before, so this is what a camera would have seen of the opposite
   * movement. Not for classes of movements, such as gestures.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is out of range
   */
  static EventAugmentation reverseTime(double probability) {
    return new Augmentations.ReverseTime(probability);
  }

  /**
   * {@return one that moves a sample by a whole number of pixels, drawn uniformly from -maximum to
   * maximum for each axis} Events that leave the sensor are dropped.
   *
   * @param maximumX to the right or left, at least 0
   * @param maximumY down or up, at least 0
   * @throws IllegalArgumentException if one is negative
   */
  static EventAugmentation shift(int maximumX, int maximumY) {
    return new Augmentations.Shift(maximumX, maximumY);
  }

  /**
   * {@return a {@linkplain #shift(int, int) shift} along both axes, drawn separately}
   *
   * @param pixels at most, at least 0
   * @throws IllegalArgumentException if it is negative
   */
  static EventAugmentation shift(int pixels) {
    return shift(pixels, pixels);
  }

  /**
   * {@return one that rotates a sample about the sensor's centre, scales and shears it, each by a
   * number drawn uniformly from a range} Every event moves to the nearest pixel; events that leave
   * the sensor are dropped. No events are added, so an enlarged sample is less dense.
   *
   * @param degrees the largest rotation, either way; from 0 to 180
   * @param scale the largest relative change of size; at least 0 and below 1
   * @param shear the largest shear, either way, in columns per row; at least 0
   * @throws IllegalArgumentException if a value is out of range
   */
  static EventAugmentation affine(double degrees, double scale, double shear) {
    return new Augmentations.RandomAffine(degrees, scale, shear);
  }

  /**
   * {@return one that draws a share for the sample uniformly from 0 to a maximum, then drops each
   * event with that probability}
   *
   * @param maximumShare from 0 to 1
   * @throws IllegalArgumentException if it is out of range
   */
  static EventAugmentation dropEvents(double maximumShare) {
    return new Augmentations.DropEvents(maximumShare);
  }

  /**
   * {@return one that moves the time of each event by a normally distributed number of whole
   * microseconds, and sorts the events again} No event leaves the span from the first to the last,
   * so slices lose none.
   *
   * @param deviation σ in µs, at least 0 and finite
   * @throws IllegalArgumentException if it is negative or not finite
   */
  static EventAugmentation jitterTimes(double deviation) {
    return new Augmentations.TimeJitter(deviation);
  }
}
