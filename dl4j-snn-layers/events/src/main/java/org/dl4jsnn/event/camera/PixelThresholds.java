package org.dl4jsnn.event.camera;

import org.dl4jsnn.noise.NoiseKey;

/** The thresholds of every pixel of a camera, (33) in docs/mathematics.md; rows of the sensor. */
record PixelThresholds(float[] on, float[] off) {

  /** The lower bound as a share of the mean; a threshold of 0 would fire forever. */
  private static final double LEAST = 0.2;

  static PixelThresholds of(PixelSettings settings, int pixels, long seed) {
    return new PixelThresholds(
        drawn(settings.onThreshold(), settings, pixels, seed, RandomDraws.Purpose.ON_THRESHOLDS),
        drawn(settings.offThreshold(), settings, pixels, seed, RandomDraws.Purpose.OFF_THRESHOLDS));
  }

  private static float[] drawn(
      double mean, PixelSettings settings, int pixels, long seed, RandomDraws.Purpose purpose) {
    RandomDraws draws = new RandomDraws(seed, purpose);
    float[] thresholds = new float[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double threshold = mean + settings.mismatch() * draws.gaussian(pixel);
      thresholds[pixel] = (float) Math.max(LEAST * mean, threshold);
    }
    return thresholds;
  }

  /**
   * Random numbers for one purpose. Each depends only on the seed and its counter, so no draw
   * changes another.
   */
  static final class RandomDraws {

    /** The purpose; each has separate numbers. */
    enum Purpose {
      ON_THRESHOLDS,
      OFF_THRESHOLDS,
      ON_NOISE,
      OFF_NOISE
    }

    private static final double UNIT = 0x1p-53;

    private final long stream;

    RandomDraws(long seed, Purpose purpose) {
      stream = NoiseKey.training(seed, purpose.ordinal()).stream(0);
    }

    /** Uniform in (0, 1], so that the logarithm is finite. */
    double uniform(long counter) {
      return ((NoiseKey.draw(stream, counter) >>> 11) + 1) * UNIT;
    }

    /** A number from 0 to below a bound, each equally likely. */
    int index(long counter, int bound) {
      return (int) ((NoiseKey.draw(stream, counter) >>> 33) * bound >>> 31);
    }

    /** Exponentially distributed with mean 1. StrictMath gives the same result on every machine. */
    double exponential(long counter) {
      return -StrictMath.log(uniform(counter));
    }

    /** Normally distributed with mean 0 and standard deviation 1 (Box and Muller, 1958). */
    double gaussian(long counter) {
      double radius = StrictMath.sqrt(2 * exponential(2 * counter));
      return radius * StrictMath.cos(2 * StrictMath.PI * uniform(2 * counter + 1));
    }
  }
}
