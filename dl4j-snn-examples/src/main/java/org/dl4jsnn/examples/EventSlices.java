package org.dl4jsnn.examples;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Events a pixel and polarity in slices of time, as a picture: ON red, OFF blue, both dark. */
final class EventSlices {

  private static final int GAP = 4;
  private static final int GREY = 0xC0C0C0;
  private static final int WHITE = 255;

  /** Share of the pixels with events that are not of full colour. */
  private static final double NOT_FULL = 0.95;

  private final SensorSize sensor;
  private final long from;
  private final long length;
  private final int[][] on;
  private final int[][] off;

  EventSlices(SensorSize sensor, long from, long length, int slices) {
    this.sensor = sensor;
    this.from = from;
    this.length = length;
    on = new int[slices][sensor.width() * sensor.height()];
    off = new int[slices][sensor.width() * sensor.height()];
  }

  void add(EventTable events) {
    for (int i = 0; i < events.size(); i++) {
      long slice = Math.floorDiv(events.t(i) - from, length);
      if (slice >= 0 && slice < on.length) {
        int[][] counts = events.on(i) ? on : off;
        counts[(int) slice][events.y(i) * sensor.width() + events.x(i)]++;
      }
    }
  }

  /** The slices side by side, each event camera's pixel as a square. */
  BufferedImage picture(int scale) {
    int width = sensor.width() * scale;
    BufferedImage picture =
        new BufferedImage(
            on.length * (width + GAP) - GAP, sensor.height() * scale, BufferedImage.TYPE_INT_RGB);
    double full = fullColour();
    for (int x = 0; x < picture.getWidth(); x++) {
      int slice = x / (width + GAP);
      int column = x % (width + GAP) / scale;
      for (int y = 0; y < picture.getHeight(); y++) {
        int pixel = y / scale * sensor.width() + column;
        boolean gap = column >= sensor.width();
        picture.setRGB(x, y, gap ? GREY : colour(on[slice][pixel], off[slice][pixel], full));
      }
    }
    return picture;
  }

  private static int colour(int on, int off, double full) {
    double withoutOn = 1 - Math.min(1, on / full);
    double withoutOff = 1 - Math.min(1, off / full);
    int red = (int) (WHITE * withoutOff);
    int green = (int) (WHITE * withoutOn * withoutOff);
    int blue = (int) (WHITE * withoutOn);
    return red << 16 | green << 8 | blue;
  }

  /** How many events make a pixel fully red or blue. */
  double fullColour() {
    int[] counts =
        Arrays.stream(new int[][][] {on, off})
            .flatMap(Arrays::stream)
            .flatMapToInt(Arrays::stream)
            .filter(count -> count > 0)
            .sorted()
            .toArray();
    return counts.length == 0 ? 1 : counts[(int) (NOT_FULL * (counts.length - 1))];
  }
}
