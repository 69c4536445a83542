package org.dl4jsnn.event.camera;

import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * A camera in front of a screen.
 *
 * @param sensor its size
 * @param screenPixels the side, in screen pixels, of the square that one pixel of the sensor sees
 * @param border what the camera sees around the image
 * @param gamma exponent from grey levels to the screen's light
 * @param ambient light from a black screen relative to a white screen
 * @param step time in µs between looks at the screen; light changes linearly in between
 * @param pixels what a pixel does with its light
 */
public record CameraSettings(
    SensorSize sensor,
    int screenPixels,
    Border border,
    double gamma,
    double ambient,
    long step,
    PixelSettings pixels) {

  private static final double LEAST_AMBIENT = 1e-6;

  /**
   * Checks the settings.
   *
   * @param sensor its size
   * @param screenPixels at least 1
   * @param border what the camera sees around the image
   * @param gamma positive
   * @param ambient from 1e-6 to 1
   * @param step at least 1
   * @param pixels what a pixel does with its light
   * @throws IllegalArgumentException if a value is out of range or null
   */
  public CameraSettings {
    Require.given("sensor", sensor);
    Require.atLeast("screenPixels", screenPixels, 1);
    Require.given("border", border);
    Require.positiveFinite("gamma", gamma);
    Require.not(
        !(ambient >= LEAST_AMBIENT && ambient <= 1),
        "ambient must be from %s to 1, got %s. Possible cause: 0 for no ambient light,"
            + " but then black has no logarithm",
        LEAST_AMBIENT,
        ambient);
    Require.atLeast("step", step, 1);
    Require.given("pixels", pixels);
  }

  /**
   * {@return the settings for CIFAR10-DVS: a DVS128 whose pixels each see 4 x 4 pixels of an image
   * of 512 x 512}
   */
  public static CameraSettings cifar10Dvs() {
    return new CameraSettings(
        new SensorSize(128, 128), 4, Border.EDGE, 2.2, 0.02, 5000, PixelSettings.dvs128());
  }

  /**
   * {@return the settings for N-MNIST: 34 x 34 pixels that each see 4 x 4 pixels of an image of 112
   * x 112 in the middle of a black screen, in a room that is not dark} Thresholds of 0.5 give about
   * 4,000 events per digit.
   */
  public static CameraSettings nMnist() {
    return new CameraSettings(
        new SensorSize(34, 34),
        4,
        Border.DARK,
        2.2,
        0.1,
        2500,
        PixelSettings.dvs128().thresholds(0.5, 0.5));
  }

  /**
   * {@return these settings with other pixels}
   *
   * @param other what a pixel does with its light
   * @throws IllegalArgumentException if it is null
   */
  public CameraSettings pixels(PixelSettings other) {
    return new CameraSettings(sensor, screenPixels, border, gamma, ambient, step, other);
  }

  /**
   * {@return these settings with another border}
   *
   * @param other what it sees around the image
   * @throws IllegalArgumentException if it is null
   */
  public CameraSettings border(Border other) {
    return new CameraSettings(sensor, screenPixels, other, gamma, ambient, step, pixels);
  }

  /**
   * {@return these settings with another step}
   *
   * @param time in µs
   * @throws IllegalArgumentException if it is below 1
   */
  public CameraSettings step(long time) {
    return new CameraSettings(sensor, screenPixels, border, gamma, ambient, time, pixels);
  }
}
