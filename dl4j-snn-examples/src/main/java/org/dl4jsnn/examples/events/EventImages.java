package org.dl4jsnn.examples.events;

import java.awt.image.BufferedImage;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Images of recordings with axes, for notebooks: ON red, OFF blue, both dark. */
public final class EventImages {

  private EventImages() {}

  /**
   * A recording in slices of equal time, side by side.
   *
   * @param events in order of time, at least one
   * @param sensor the camera's sensor
   * @param slices the number of slices
   * @param scale side of a sensor pixel, in pixels of the image
   * @return the image
   */
  public static BufferedImage of(EventTable events, SensorSize sensor, int slices, int scale) {
    long from = events.t(0);
    long length = (events.t(events.size() - 1) - from) / slices + 1;
    EventSlices counts = new EventSlices(sensor, from, length, slices);
    counts.add(events);
    return counts.image(scale);
  }
}
