package org.dl4jsnn.event.stream;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;

/** Made-up slices for a network whose code Java has not compiled yet. */
final class WarmUp {

  /** Java compiles what has run often enough, */
  static final int ENOUGH_SLICES = 100;

  /** and beside the program, which takes time. */
  static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** For networks that are slow anyway. */
  static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** For fast ones. */
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
    int slices = 0;
    while (!isEnough(slices, clock.nanos() - start)) {
      answer.accept(slice(slices, sensor, length, clock.nanos()));
      slices++;
    }
  }

  private static boolean isEnough(int slices, long nanos) {
    return slices >= ENOUGH_SLICES && nanos >= ENOUGH_NANOS
        || slices >= MOST_SLICES
        || nanos >= MOST_NANOS;
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
