package org.dl4jsnn.event.camera;

import org.dl4jsnn.internal.Require;

/**
 * How a pixel turns light into events. Thresholds are differences of the natural logarithm of
 * light: 0.25 means 28 % brighter or 22 % darker.
 *
 * @param onThreshold difference at which an ON event fires, averaged over the pixels
 * @param offThreshold difference at which an OFF event fires, averaged over the pixels
 * @param mismatch standard deviation of the thresholds over the pixels
 * @param refractory time in µs during which a pixel cannot fire again
 * @param cutoff frequency of the first-order low pass in Hz; infinite for none
 * @param onNoise rate of ON noise events, in Hz per pixel
 * @param offNoise rate of OFF noise events, in Hz per pixel
 */
public record PixelSettings(
    double onThreshold,
    double offThreshold,
    double mismatch,
    long refractory,
    double cutoff,
    double onNoise,
    double offNoise) {

  /**
   * Checks the settings.
   *
   * @param onThreshold positive
   * @param offThreshold positive
   * @param mismatch not negative
   * @param refractory not negative
   * @param cutoff positive
   * @param onNoise not negative
   * @param offNoise not negative
   * @throws IllegalArgumentException if a value is out of range
   */
  public PixelSettings {
    Require.positiveFinite("onThreshold", onThreshold);
    Require.positiveFinite("offThreshold", offThreshold);
    requireNotNegative("mismatch", mismatch);
    Require.not(refractory < 0, "refractory must be at least 0 µs, got %s", refractory);
    Require.not(
        !(cutoff > 0),
        "cutoff must be positive, got %s. Possible cause: 0 meant as no low pass; use infinity",
        cutoff);
    requireNotNegative("onNoise", onNoise);
    requireNotNegative("offNoise", offNoise);
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " must be finite and at least 0, got " + value);
    }
  }

  /**
   * {@return the settings of a DVS128 in front of a screen: thresholds 0.25 ± 0.03, refractory for
   * 1 ms, cutoff 200 Hz, noise of 0.07 Hz ON and 0.025 Hz OFF per pixel, as measured in dark parts
   * of recordings of a DVS128} A CIFAR-10 image moved as in CIFAR10-DVS then gives about 103,000 ON
   * and 102,000 OFF events.
   */
  public static PixelSettings dvs128() {
    return new PixelSettings(0.25, 0.25, 0.03, 1000, 200, 0.07, 0.025);
  }

  /**
   * {@return these settings with other thresholds}
   *
   * @param on the threshold of ON events
   * @param off the threshold of OFF events
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public PixelSettings thresholds(double on, double off) {
    return new PixelSettings(on, off, mismatch, refractory, cutoff, onNoise, offNoise);
  }

  /**
   * {@return these settings with another mismatch}
   *
   * @param deviation standard deviation of the thresholds
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public PixelSettings mismatch(double deviation) {
    return new PixelSettings(
        onThreshold, offThreshold, deviation, refractory, cutoff, onNoise, offNoise);
  }

  /**
   * {@return these settings with another refractory time}
   *
   * @param time in µs
   * @throws IllegalArgumentException if it is negative
   */
  public PixelSettings refractory(long time) {
    return new PixelSettings(onThreshold, offThreshold, mismatch, time, cutoff, onNoise, offNoise);
  }

  /**
   * {@return these settings with another cutoff}
   *
   * @param hertz frequency in Hz, infinite for no low pass
   * @throws IllegalArgumentException if it is not positive
   */
  public PixelSettings cutoff(double hertz) {
    return new PixelSettings(
        onThreshold, offThreshold, mismatch, refractory, hertz, onNoise, offNoise);
  }

  /**
   * {@return these settings with other noise}
   *
   * @param on rate of ON events in Hz per pixel
   * @param off rate of OFF events in Hz per pixel
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public PixelSettings noise(double on, double off) {
    return new PixelSettings(onThreshold, offThreshold, mismatch, refractory, cutoff, on, off);
  }
}
