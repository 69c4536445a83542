package org.dl4jsnn.event.camera;

import org.dl4jsnn.noise.NoiseKey;

/**
 * Random numbers for one purpose. Each depends only on the seed and its counter, so no draw changes
 * another.
 */
final class RandomDraws {

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
