package org.dl4jsnn.event.camera;

import org.dl4jsnn.event.camera.RandomDraws.Purpose;

/** The thresholds of every pixel of a camera, (33) in docs/mathematics.md; rows of the sensor. */
record PixelThresholds(float[] on, float[] off) {

  /** The lower bound as a share of the mean; a threshold of 0 would fire forever. */
  private static final double LEAST = 0.2;

  static PixelThresholds of(PixelSettings settings, int pixels, long seed) {
    return new PixelThresholds(
        drawn(settings.onThreshold(), settings, pixels, seed, Purpose.ON_THRESHOLDS),
        drawn(settings.offThreshold(), settings, pixels, seed, Purpose.OFF_THRESHOLDS));
  }

  private static float[] drawn(
      double mean, PixelSettings settings, int pixels, long seed, Purpose purpose) {
    RandomDraws draws = new RandomDraws(seed, purpose);
    float[] thresholds = new float[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double threshold = mean + settings.mismatch() * draws.gaussian(pixel);
      thresholds[pixel] = (float) Math.max(LEAST * mean, threshold);
    }
    return thresholds;
  }
}
