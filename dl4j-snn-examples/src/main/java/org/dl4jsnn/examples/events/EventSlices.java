package org.dl4jsnn.examples.events;

import java.awt.image.BufferedImage;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Events per pixel and polarity in slices of time, as an image. */
final class EventSlices {

  private final OnOffImages images;
  private final long from;
  private final long length;

  EventSlices(SensorSize sensor, long from, long length, int slices) {
    images = new OnOffImages(slices, sensor.width(), sensor.height());
    this.from = from;
    this.length = length;
  }

  void add(EventTable events) {
    for (int i = 0; i < events.size(); i++) {
      long slice = Math.floorDiv(events.t(i) - from, length);
      if (slice >= 0 && slice < images.count()) {
        images.add((int) slice, events.x(i), events.y(i), events.on(i), 1);
      }
    }
  }

  /** The slices side by side with axes, each sensor pixel as a square. */
  BufferedImage image(int scale) {
    return new SlicesImage(images, scale, length).draw();
  }

  /** The number of events that makes a pixel fully red or blue. */
  double fullColour() {
    return images.fullColour();
  }
}
