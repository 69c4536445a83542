package org.dl4jsnn.event.stream;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;

/** Made-up slices for a network whose code Java has not compiled yet. */
final class WarmUp {

  /** Java compiles what runs often; a network of a few layers takes 0.3 s. */
  static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

  static final int MOST_SLICES = 1000;

  /** A slice has an event for so many pixels, within bounds. */
  private static final int PIXELS_OF_EVENT = 16;

  private static final int MOST_EVENTS = 4096;

  private WarmUp() {}

  /**
   * Runs it.
   *
   * @param length of a slice, in µs
   * @param answer takes the slices
   */
  static void run(SensorSize sensor, long length, StreamClock clock, Consumer<EventSlice> answer) {
    long start = clock.nanos();
    for (int i = 0; i < MOST_SLICES && clock.nanos() - start < MOST_NANOS; i++) {
      answer.accept(slice(i, sensor, length, clock.nanos()));
    }
  }

  private static EventSlice slice(int number, SensorSize sensor, long length, long arrived) {
    SplittableRandom random = new SplittableRandom(number);
    EventTable events = new EventTable("warm-up", sensor);
    long pixels = (long) sensor.width() * sensor.height();
    long count = Math.min(MOST_EVENTS, 1 + pixels / PIXELS_OF_EVENT);
    for (int i = 0; i < count; i++) {
      events.add(
          random.nextInt(sensor.width()),
          random.nextInt(sensor.height()),
          (long) ((double) i / count * length),
          random.nextBoolean());
    }
    return new EventSlice(number, new TimeWindow(0, length), events, arrived);
  }
}
