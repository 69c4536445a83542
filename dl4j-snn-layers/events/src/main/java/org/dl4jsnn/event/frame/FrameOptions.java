package org.dl4jsnn.event.frame;

import java.util.Optional;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * How events become frames. Begin with {@link #of}: {@code
 * FrameOptions.of(Slicing.intoEqualParts(10)).summing(4, UnevenRest.LEAVE_OUT).binary()}.
 *
 * <pre>{@code
 * FrameOptions options =
 *     FrameOptions.of(Slicing.intoEqualParts(10)) // T = 10
 *         .summing(4, UnevenRest.LEAVE_OUT)
 *         .binary();
 * FrameShape shape = options.shape(sensor);
 * }</pre>
 *
 * @param slicing which step an event belongs to
 * @param isBinary whether a value is 1 for any number of events instead of that number
 * @param polaritiesApart whether OFF and ON events have separate channels
 * @param window k: a value covers k x k pixels of the sensor
 * @param rest what to do with pixels that do not fill a window
 */
public record FrameOptions(
    Slicing slicing, boolean isBinary, boolean polaritiesApart, int window, UnevenRest rest) {

  private static final int CIFAR10_DVS_WINDOW = 3;

  /**
   * Checks the options.
   *
   * @param slicing which step an event belongs to
   * @param isBinary 1 for any number of events
   * @param polaritiesApart whether OFF and ON events have separate channels
   * @param window k, at least 1
   * @param rest what to do with pixels that do not fill a window
   * @throws IllegalArgumentException if the window is below 1 or an argument is null
   */
  public FrameOptions {
    Require.given("slicing", slicing);
    Require.atLeast("window", window, 1);
    Require.given("rest", rest);
  }

  /**
   * {@return options for event counts per pixel, OFF in channel 0, ON in channel 1}
   *
   * @param slicing which step an event belongs to
   * @throws IllegalArgumentException if it is null
   */
  public static FrameOptions of(Slicing slicing) {
    return new FrameOptions(slicing, false, true, 1, UnevenRest.LEAVE_OUT);
  }

  /**
   * {@return the published preprocessing of CIFAR10-DVS (Wu et al., AAAI 2021, scripts): T parts of
   * equal duration, event counts summed over 3 x 3 pixels from 128 x 128 to 42 x 42; the last two
   * rows and columns are left out, as published; for a DVS128 the frames are [2, T, 42, 42]} Its
   * faults, listed in docs/reports/cifar10-dvs-frames.md, are not reproduced.
   *
   * @param steps T; 100 there
   * @throws IllegalArgumentException if T is below 1
   */
  public static FrameOptions cifar10Dvs(int steps) {
    return of(Slicing.intoEqualParts(steps)).summing(CIFAR10_DVS_WINDOW, UnevenRest.LEAVE_OUT);
  }

  /** {@return these options with values of 1 for any number of events} */
  public FrameOptions binary() {
    return new FrameOptions(slicing, true, polaritiesApart, window, rest);
  }

  /** {@return these options with OFF and ON events in one channel} */
  public FrameOptions polaritiesTogether() {
    return new FrameOptions(slicing, isBinary, false, window, rest);
  }

  /**
   * {@return these options with the sums of windows of the sensor}
   *
   * @param pixels k, at least 1: a value covers k x k pixels
   * @param uneven what to do with pixels that do not fill a window
   * @throws IllegalArgumentException if k is below 1 or the rule is null
   */
  public FrameOptions summing(int pixels, UnevenRest uneven) {
    return new FrameOptions(slicing, isBinary, polaritiesApart, pixels, uneven);
  }

  /**
   * {@return the key of these options in a cache of frames: a text of all settings and of the
   * slicing's class and key; empty if {@link Slicing#cacheKey()} is empty}
   */
  public Optional<String> cacheKey() {
    return slicing
        .cacheKey()
        .map(
            key ->
                String.join(
                    "\n",
                    "binary " + isBinary,
                    "polarities apart " + polaritiesApart,
                    "window " + window,
                    "rest " + rest.name(),
                    "slicing " + slicing.getClass().getName(),
                    key));
  }

  /**
   * {@return the shape of a sensor's frames: [channels, T, height, width]}
   *
   * @param sensor its size
   * @throws IllegalArgumentException if the sensor is smaller than a window or the frames would be
   *     too large
   */
  public FrameShape shape(SensorSize sensor) {
    int height = windows(sensor.height());
    int width = windows(sensor.width());
    if (height == 0 || width == 0) {
      throw new IllegalArgumentException(
          "window must be at most the sensor's smaller side, of " + sensor + ", got " + window);
    }
    return new FrameShape(polaritiesApart ? 2 : 1, slicing.steps(), height, width);
  }

  private int windows(int pixels) {
    return rest == UnevenRest.LEAVE_OUT ? pixels / window : (pixels - 1) / window + 1;
  }
}
