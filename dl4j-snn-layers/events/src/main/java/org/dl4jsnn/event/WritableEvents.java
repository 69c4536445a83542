package org.dl4jsnn.event;

import org.dl4jsnn.internal.Require;

/** The limits of a format: checks events before they are written. */
final class WritableEvents {

  private final EventFormat format;
  private final SensorSize sensor;
  private final int timeBits;
  private long last;

  /**
   * The limits of a file.
   *
   * @param largest the largest sensor that fits the format's bits
   * @param timeBits the number of bits of a time in µs
   * @throws IllegalArgumentException if the sensor is larger
   */
  WritableEvents(EventFormat format, SensorSize sensor, SensorSize largest, int timeBits) {
    this.format = format;
    this.sensor = Require.given("sensor", sensor);
    this.timeBits = timeBits;
    if (sensor.width() > largest.width() || sensor.height() > largest.height()) {
      throw new IllegalArgumentException(
          "the sensor must be at most "
              + largest
              + " for "
              + format
              + ", got "
              + sensor
              + ". Possible cause: a recording of another camera");
    }
  }

  void check(int x, int y, long t) {
    if (!sensor.contains(x, y)) {
      throw new IllegalArgumentException(
          "(x, y) must be on the sensor of " + sensor + ", got (" + x + ", " + y + ")");
    }
    if (t < 0 || t >>> timeBits != 0) {
      throw new IllegalArgumentException(
          "t must be from 0 to 2^"
              + timeBits
              + " - 1 µs for "
              + format
              + ", got "
              + t
              + ". Possible cause: the recording is too long, or its clock does not start at 0");
    }
    if (t < last) {
      throw new IllegalArgumentException(
          "t must not go backwards, got "
              + t
              + " µs after "
              + last
              + " µs. Possible cause: unsorted events");
    }
    last = t;
  }
}
