package org.dl4jsnn.event.camera;

import org.dl4jsnn.internal.Require;

/**
 * What a pixel does with its light. Thresholds are differences of the natural logarithm of the
 * light: 0.25 is brighter by 28 %, or darker by 22 %.
 *
 * @param onThreshold difference at which an ON event fires, on average over the pixels
 * @param offThreshold difference at which an OFF event fires, on average over the pixels
 * @param mismatch standard deviation of the thresholds over the pixels
 * @param refractory time in µs for which a pixel cannot fire again
 * @param cutoff frequency of the first-order low pass in Hz; infinite for none
 * @param onNoise ON events of noise, in Hz a pixel
 * @param offNoise OFF events of noise, in Hz a pixel
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
   * @throws IllegalArgumentException if one breaks its rule
   */
  public PixelSettings {
    Require.positiveFinite("onThreshold", onThreshold);
    Require.positiveFinite("offThreshold", offThreshold);
    requireNotNegative("mismatch", mismatch);
    if (refractory < 0) {
      throw new IllegalArgumentException("refractory must be at least 0 µs, got " + refractory);
    }
    if (!(cutoff > 0)) {
      throw new IllegalArgumentException(
          "cutoff must be positive, got "
              + cutoff
              + ". Possible cause: 0 for no low pass, which is"
              + " infinite");
    }
    requireNotNegative("onNoise", onNoise);
    requireNotNegative("offNoise", offNoise);
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " must be finite and at least 0, got " + value);
    }
  }

  /**
   * A DVS128 in front of a screen: thresholds 0.25 ± 0.03, refractory for 1 ms, cutoff 200 Hz,
   * noise of 0.07 Hz ON and 0.025 Hz OFF a pixel, which was measured in dark parts of a DVS128's
   * recordings. The threshold makes some 103,000 ON and 102,000 OFF events of a picture of CIFAR-10
   * that moves as in CIFAR10-DVS.
   *
   * @return the settings
   */
  public static PixelSettings dvs128() {
    return new PixelSettings(0.25, 0.25, 0.03, 1000, 200, 0.07, 0.025);
  }

  /**
   * These settings, but with other thresholds.
   *
   * @param on of ON events
   * @param off of OFF events
   * @return the settings
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public PixelSettings thresholds(double on, double off) {
    return new PixelSettings(on, off, mismatch, refractory, cutoff, onNoise, offNoise);
  }

  /**
   * These settings, but with another mismatch.
   *
   * @param deviation standard deviation of the thresholds
   * @return the settings
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public PixelSettings mismatch(double deviation) {
    return new PixelSettings(
        onThreshold, offThreshold, deviation, refractory, cutoff, onNoise, offNoise);
  }

  /**
   * These settings, but with another refractory time.
   *
   * @param time in µs
   * @return the settings
   * @throws IllegalArgumentException if it is negative
   */
  public PixelSettings refractory(long time) {
    return new PixelSettings(onThreshold, offThreshold, mismatch, time, cutoff, onNoise, offNoise);
  }

  /**
   * These settings, but with another cutoff.
   *
   * @param hertz frequency in Hz, infinite for no low pass
   * @return the settings
   * @throws IllegalArgumentException if it is not positive
   */
  public PixelSettings cutoff(double hertz) {
    return new PixelSettings(
        onThreshold, offThreshold, mismatch, refractory, hertz, onNoise, offNoise);
  }

  /**
   * These settings, but with other noise.
   *
   * @param on ON events in Hz a pixel
   * @param off OFF events in Hz a pixel
   * @return the settings
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public PixelSettings noise(double on, double off) {
    return new PixelSettings(onThreshold, offThreshold, mismatch, refractory, cutoff, on, off);
  }
}
