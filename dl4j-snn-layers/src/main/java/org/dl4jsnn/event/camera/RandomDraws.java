package org.dl4jsnn.event.camera;

import org.dl4jsnn.noise.NoiseKey;

/**
 * Random numbers of one purpose, each a function of the seed and its counter alone: what is drawn,
 * and in which order, changes no other draw.
 */
final class RandomDraws {

  /** What is drawn; each has numbers of its own. */
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

  /** Uniform above 0 and up to 1, so that it has a logarithm. */
  double uniform(long counter) {
    return ((NoiseKey.draw(stream, counter) >>> 11) + 1) * UNIT;
  }

  /** One of so many, each as likely. */
  int index(long counter, int bound) {
    return (int) ((NoiseKey.draw(stream, counter) >>> 33) * bound >>> 31);
  }

  /**
   * Exponentially distributed, with the mean 1. StrictMath gives the same result on every machine.
   */
  double exponential(long counter) {
    return -StrictMath.log(uniform(counter));
  }

  /** Normally distributed, with the mean 0 and the standard deviation 1 (Box and Muller, 1958). */
  double gaussian(long counter) {
    double radius = StrictMath.sqrt(2 * exponential(2 * counter));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(2 * counter + 1));
  }
}
