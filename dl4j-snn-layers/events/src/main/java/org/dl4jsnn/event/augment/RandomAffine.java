package org.dl4jsnn.event.augment;

import java.util.random.RandomGenerator;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * Rotates a sample about the sensor's centre, scales and shears it, each by a number drawn
 * uniformly from a range. Every event moves to the nearest pixel; events that leave the sensor are
 * dropped. No events are added, so an enlarged sample is less dense.
 *
 * @param degrees the largest rotation, either way; from 0 to 180
 * @param scale the largest relative change of size; at least 0 and below 1
 * @param shear the largest shear, either way, in columns per row; at least 0
 */
public record RandomAffine(double degrees, double scale, double shear)
    implements EventAugmentation {

  private static final double MOST_DEGREES = 180;

  /**
   * Checks the ranges.
   *
   * @param degrees the largest rotation
   * @param scale the largest relative change of size
   * @param shear the largest shear
   * @throws IllegalArgumentException if a value is out of range
   */
  public RandomAffine {
    if (!(degrees >= 0 && degrees <= MOST_DEGREES)) {
      throw new IllegalArgumentException("degrees must be from 0 to 180, got " + degrees);
    }
    if (!(scale >= 0 && scale < 1)) {
      throw new IllegalArgumentException("scale must be at least 0 and below 1, got " + scale);
    }
    if (Require.finite("shear", shear) < 0) {
      throw new IllegalArgumentException("shear must be 0 or more, got " + shear);
    }
  }

  @Override
  public EventTable augment(EventTable events, RandomGenerator random) {
    double angle = Math.toRadians(within(degrees, random));
    double size = 1 + within(scale, random);
    double slant = within(shear, random);
    double cos = size * Math.cos(angle);
    double sin = size * Math.sin(angle);
    SensorSize sensor = events.sensor();
    double centreX = sensor.width() / 2.0;
    double centreY = sensor.height() / 2.0;
    EventTable moved = new EventTable(events.format(), sensor);
    for (int i = 0; i < events.size(); i++) {
      double down = events.y(i) + 0.5 - centreY;
      double right = events.x(i) + 0.5 - centreX + slant * down;
      double x = Math.floor(centreX + cos * right - sin * down);
      double y = Math.floor(centreY + sin * right + cos * down);
      if (x >= 0 && x < sensor.width() && y >= 0 && y < sensor.height()) {
        moved.add((int) x, (int) y, events.t(i), events.on(i));
      }
    }
    return moved;
  }

  private static double within(double most, RandomGenerator random) {
    return most * (2 * random.nextDouble() - 1);
  }
}
