package org.dl4jsnn.event.camera;

import java.util.Arrays;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.camera.RandomDraws.Purpose;

/**
 * The sensor's pixels, (32) to (35) in docs/mathematics.md. First {@link #begin}, then {@link
 * #expose} once a step, each followed by taking the {@link #events}.
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
  private final StepEvents events = new StepEvents();

  /** Logarithms of light behind the low pass, at the begin and the end of the step. */
  private float[] before;

  private float[] after;

  /** What the thresholds are counted from. */
  private final float[] reference;

  private final long[] lastEvent;

  /** Pixel, time since the step began and polarity of this step's noise, sorted. */
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

  /** Shows the light that the pixels are used to when the recording begins. */
  void begin(float[] light) {
    before = light.clone();
    System.arraycopy(light, 0, reference, 0, light.length);
    // Longer ago than any refractory time, and still fit to be subtracted.
    Arrays.fill(lastEvent, Long.MIN_VALUE / 2);
  }

  /** When the step that comes next, or whose events are to be taken, begins, in µs. */
  long start() {
    return start;
  }

  /** The events of the last exposure. */
  StepEvents events() {
    return events;
  }

  /** Goes on to the next step. */
  void advance() {
    start += step;
    float[] old = before;
    before = after;
    after = old;
  }

  /** Shows the light at the end of a step. */
  void expose(float[] light) {
    filter(light, before, after, share);
    drawNoise();
    // Few pixels fire in a step; this is the loop over all the others, kept free of fields.
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

  /** Where the next event of noise is, in order of pixels; none if there are no more. */
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
}
