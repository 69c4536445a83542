package org.dl4jsnn.examples.events;

import java.awt.image.BufferedImage;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Events per pixel and polarity in slices of time, as a picture. */
final class EventSlices {

  private final OnOffPictures pictures;
  private final long from;
  private final long length;

  EventSlices(SensorSize sensor, long from, long length, int slices) {
    pictures = new OnOffPictures(slices, sensor.width(), sensor.height());
    this.from = from;
    this.length = length;
  }

  void add(EventTable events) {
    for (int i = 0; i < events.size(); i++) {
      long slice = Math.floorDiv(events.t(i) - from, length);
      if (slice >= 0 && slice < pictures.count()) {
        pictures.add((int) slice, events.x(i), events.y(i), events.on(i), 1);
      }
    }
  }

  /** The slices side by side with axes, each sensor pixel as a square. */
  BufferedImage picture(int scale) {
    return new SlicesPicture(pictures, scale, length).draw();
  }

  /** The number of events that makes a pixel fully red or blue. */
  double fullColour() {
    return pictures.fullColour();
  }
}
