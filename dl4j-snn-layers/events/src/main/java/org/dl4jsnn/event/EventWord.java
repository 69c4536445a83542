package org.dl4jsnn.event;

/**
 * An event's position and polarity in 32 bits: x in bits 0 to 14, y in bits 16 to 30, ON in bit 31.
 * Bit 15 stays free so that both coordinates can be compared at once.
 */
final class EventWord {

  /** The first bit of y. */
  static final int Y = 16;

  /** The bit of ON. */
  static final int ON = 1 << 31;

  private static final int COORDINATE = 0x7FFF;
  private static final int COORDINATES = COORDINATE << Y | COORDINATE;

  /** The bit above x and the one above y. */
  private static final int ABOVE = ~COORDINATES;

  private EventWord() {}

  static int of(int x, int y, boolean on) {
    return x | y << Y | (on ? ON : 0);
  }

  static int x(int place) {
    return place & COORDINATE;
  }

  static int y(int place) {
    return place >>> Y & COORDINATE;
  }

  static boolean on(int place) {
    return place < 0;
  }

  /** Whether all positions in a part of an array lie on a sensor; takes a few instructions each. */
  static boolean allOn(SensorSize sensor, int[] places, int from, int to) {
    int last = of(sensor.width() - 1, sensor.height() - 1, false) | ABOVE;
    // A coordinate above the last one borrows the bit above it.
    int kept = ABOVE;
    for (int i = from; i < to; i++) {
      kept &= last - (places[i] & COORDINATES);
    }
    return kept == ABOVE;
  }
}
