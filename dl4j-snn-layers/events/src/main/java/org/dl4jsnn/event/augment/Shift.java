package org.dl4jsnn.event.augment;

import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * Moves a sample by a whole number of pixels, drawn uniformly from -maximum to maximum for each
 * axis. Events that leave the sensor are dropped.
 *
 * @param maximumX to the right or left, at least 0
 * @param maximumY down or up, at least 0
 */
public record Shift(int maximumX, int maximumY) implements EventAugmentation {

  /**
   * Checks the maxima.
   *
   * @param maximumX to the right or left
   * @param maximumY down or up
   * @throws IllegalArgumentException if one is negative
   */
  public Shift {
    Require.atLeast("maximumX", maximumX, 0);
    Require.atLeast("maximumY", maximumY, 0);
  }

  /**
   * A shift along both axes, drawn separately.
   *
   * @param pixels at most, at least 0
   * @return the augmentation
   * @throws IllegalArgumentException if it is negative
   */
  public static Shift upTo(int pixels) {
    return new Shift(pixels, pixels);
  }

  @Override
  public EventTable augment(EventTable events, RandomGenerator random) {
    // A long, because the bound of the largest maximum exceeds an int.
    long right = random.nextLong(-maximumX, maximumX + 1L);
    long down = random.nextLong(-maximumY, maximumY + 1L);
    SensorSize sensor = events.sensor();
    EventTable shifted = new EventTable(events.format(), sensor);
    for (int i = 0; i < events.size(); i++) {
      long x = events.x(i) + right;
      long y = events.y(i) + down;
      if (x >= 0 && x < sensor.width() && y >= 0 && y < sensor.height()) {
        shifted.add((int) x, (int) y, events.t(i), events.on(i));
      }
    }
    return shifted;
  }
}
