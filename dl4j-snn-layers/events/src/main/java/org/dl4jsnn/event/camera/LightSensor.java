package org.dl4jsnn.event.camera;

import java.io.IOException;
import java.util.Arrays;
import org.dl4jsnn.event.EventConsumer;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.camera.PixelThresholds.RandomDraws;
import org.dl4jsnn.event.camera.PixelThresholds.RandomDraws.Purpose;

/**
 * The sensor's pixels, (32) to (35) in docs/mathematics.md. Call {@link #begin}, then {@link
 * #expose} once per step, and take the {@link #events} after each.
 */
final class LightSensor {

  private static final double MICROSECONDS = 1e6;
  private static final int NONE = -1;

  private final int width;
  private final long step;
  private final long refractory;
  private final PixelThresholds thresholds;
  private final float share;
  private final NoiseProcess onNoise;
  private final NoiseProcess offNoise;

  /** The events of the last exposure. */
  final StepEvents events = new StepEvents();

  /** Logarithms of low-passed light at the start and the end of the step. */
  private float[] before;

  private float[] after;

  /** The reference levels of the thresholds. */
  private final float[] reference;

  private final long[] lastEvent;

  /** This step's noise: pixel, time since the start of the step and polarity, sorted. */
  private long[] noise = new long[16];

  private int noiseSize;
  private int noiseNext;
  private long start;

  LightSensor(
      SensorSize size, PixelSettings pixels, PixelThresholds thresholds, long step, long seed) {
    int count = size.width() * size.height();
    width = size.width();
    this.step = step;
    this.thresholds = thresholds;
    refractory = pixels.refractory();
    share =
        (float) (1 - StrictMath.exp(-2 * StrictMath.PI * pixels.cutoff() * step / MICROSECONDS));
    onNoise = new NoiseProcess(pixels.onNoise(), count, new RandomDraws(seed, Purpose.ON_NOISE));
    offNoise = new NoiseProcess(pixels.offNoise(), count, new RandomDraws(seed, Purpose.OFF_NOISE));
    after = new float[count];
    reference = new float[count];
    lastEvent = new long[count];
  }

  /** Sets the light to which the pixels are adapted when the recording starts. */
  void begin(float[] light) {
    before = light.clone();
    System.arraycopy(light, 0, reference, 0, light.length);
    // Longer ago than any refractory time, without overflow in a subtraction.
    Arrays.fill(lastEvent, Long.MIN_VALUE / 2);
  }

  /** The start in µs of the next step, or of the step whose events are to be taken. */
  long start() {
    return start;
  }

  /** Moves to the next step. */
  void advance() {
    start += step;
    float[] old = before;
    before = after;
    after = old;
  }

  /** Sets the light at the end of a step. */
  void expose(float[] light) {
    filter(light, before, after, share);
    drawNoise();
    // Few pixels fire in a step; this loop over all others reads no fields.
    float[] now = after;
    float[] from = reference;
    float[] on = thresholds.on();
    float[] off = thresholds.off();
    int noisy = noisyPixel();
    for (int pixel = 0; pixel < now.length; pixel++) {
      float change = now[pixel] - from[pixel];
      if (change >= on[pixel] || -change >= off[pixel] || pixel == noisy) {
        fire(pixel);
        noisy = noisyPixel();
      }
    }
  }

  private static void filter(float[] light, float[] before, float[] after, float share) {
    for (int pixel = 0; pixel < after.length; pixel++) {
      after[pixel] = before[pixel] + share * (light[pixel] - before[pixel]);
    }
  }

  /** The crossings of a pixel's threshold, and its noise, in order of time. */
  private void fire(int pixel) {
    double change = after[pixel] - reference[pixel];
    boolean on = change > 0;
    double threshold = on ? thresholds.on()[pixel] : -thresholds.off()[pixel];
    int crossings = (int) (change / threshold);
    double first = reference[pixel] - before[pixel];
    double whole = after[pixel] - before[pixel];
    for (int i = 1; i <= crossings; i++) {
      double passed = Math.max(0, Math.min(1, (first + i * threshold) / whole));
      long time = Math.min(step - 1, (long) (passed * step));
      fireNoise(pixel, time);
      fire(pixel, time, on);
    }
    fireNoise(pixel, step);
    reference[pixel] += (float) (crossings * threshold);
  }

  private void fire(int pixel, long time, boolean on) {
    long now = start + time;
    if (now - lastEvent[pixel] >= refractory) {
      lastEvent[pixel] = now;
      events.add(pixel % width, pixel / width, time, on);
    }
  }

  private void fireNoise(int pixel, long before) {
    while (noisyPixel() == pixel && noiseTime() < before) {
      fire(pixel, noiseTime(), (noise[noiseNext] & 1) != 0);
      noiseNext++;
    }
  }

  /** The pixel of the next noise event, in order of pixels, or NONE. */
  private int noisyPixel() {
    return noiseNext < noiseSize ? (int) (noise[noiseNext] >>> Integer.SIZE) : NONE;
  }

  private long noiseTime() {
    return (noise[noiseNext] & 0xFFFF_FFFFL) >>> 1;
  }

  private void drawNoise() {
    noiseSize = 0;
    noiseNext = 0;
    drawNoise(onNoise, 1);
    drawNoise(offNoise, 0);
    Arrays.sort(noise, 0, noiseSize);
  }

  private void drawNoise(NoiseProcess process, int polarity) {
    for (; process.time() < start + step; process.advance()) {
      if (noiseSize == noise.length) {
        noise = Arrays.copyOf(noise, 2 * noiseSize);
      }
      long sinceStart = (long) (process.time() - start);
      noise[noiseSize++] = (long) process.pixel() << Integer.SIZE | sinceStart << 1 | polarity;
    }
  }

  /** Noise events of one polarity: a Poisson process over the whole sensor. */
  private static final class NoiseProcess {

    private final RandomDraws draws;
    private final int pixels;
    private final double meanWait;
    private double time;
    private long counter;

    NoiseProcess(double hertz, int pixels, RandomDraws draws) {
      this.draws = draws;
      this.pixels = pixels;
      // Infinite without noise; then the time of the first event is infinite too.
      meanWait = MICROSECONDS / (hertz * pixels);
      advance();
    }

    /** Time of the event in µs. */
    double time() {
      return time;
    }

    /** The pixel of the event. */
    int pixel() {
      return draws.index(counter + 1, pixels);
    }

    /** Moves to the next event. */
    void advance() {
      counter += 2;
      time += meanWait * draws.exponential(counter);
    }
  }

  /** The events of one step, emitted in order of time, then row, then column. */
  static final class StepEvents {

    private static final int PLACE_BITS = 15;
    private static final int PLACE = (1 << PLACE_BITS) - 1;
    private static final int TIME_SHIFT = 2 * PLACE_BITS + 1;

    /**
     * Time since the start of the step, row, column and polarity in one number that sorts in this
     * order.
     */
    private long[] events = new long[1024];

    private int size;

    void add(int x, int y, long sinceStart, boolean on) {
      if (size == events.length) {
        events = Arrays.copyOf(events, 2 * size);
      }
      events[size++] =
          sinceStart << TIME_SHIFT | (long) y << PLACE_BITS + 1 | (long) x << 1 | (on ? 1 : 0);
    }

    /** Passes the events on and clears them. */
    void flush(long start, EventConsumer consumer) throws IOException {
      Arrays.sort(events, 0, size);
      for (int i = 0; i < size; i++) {
        long event = events[i];
        consumer.accept(
            (int) (event >>> 1) & PLACE,
            (int) (event >>> PLACE_BITS + 1) & PLACE,
            start + (event >>> TIME_SHIFT),
            (event & 1) != 0);
      }
      size = 0;
    }
  }
}
