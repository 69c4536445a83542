package org.dl4jsnn.event;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.internal.Require;

/**
 * The size of a sensor, or of the part of it that was recorded.
 *
 * @param width pixels from left to right, from 1 to 32,768
 * @param height pixels from top to bottom, from 1 to 32,768
 */
public record SensorSize(int width, int height) {

  /** The most pixels per side that a table can hold; no format has more. */
  static final int LARGEST = 1 << 15;

  /**
   * Cameras by the text to look for in a name, in lower case; a longer text comes before one it
   * contains.
   */
  private static final Map<String, SensorSize> CAMERAS = new LinkedHashMap<>();

  static {
    CAMERAS.put("dvs128", new SensorSize(128, 128));
    CAMERAS.put("davis240", new SensorSize(240, 180));
    CAMERAS.put("davis346", new SensorSize(346, 260));
    CAMERAS.put("davis640", new SensorSize(640, 480));
    CAMERAS.put("genx320", new SensorSize(320, 320));
    CAMERAS.put("imx636", new SensorSize(1280, 720));
    CAMERAS.put("imx646", new SensorSize(1280, 720));
    CAMERAS.put("gen4", new SensorSize(1280, 720));
    CAMERAS.put("gen3", new SensorSize(640, 480));
  }

  /**
   * Checks the size.
   *
   * @param width pixels from left to right
   * @param height pixels from top to bottom
   * @throws IllegalArgumentException if a side is out of range
   */
  public SensorSize {
    requireSide("width", width);
    requireSide("height", height);
  }

  private static void requireSide(String name, int pixels) {
    Require.not(!isSide(pixels), "%s must be from 1 to %s, got %s", name, LARGEST, pixels);
  }

  static boolean isSide(long pixels) {
    return pixels >= 1 && pixels <= LARGEST;
  }

  /** A side stated in digits in the source's record. */
  static int side(ByteSource source, String name, String text) throws EventFormatException {
    return side(source, source.recordStart(), name, text);
  }

  /** A side stated in digits at a byte of the source. */
  static int side(ByteSource source, long offset, String name, String text)
      throws EventFormatException {
    String digits = text.strip();
    // Five digits at most, so that the number fits.
    if (!digits.matches("[0-9]{1,5}") || !isSide(Integer.parseInt(digits))) {
      throw source.failureAt(
          offset,
          "the sensor's " + name + " must be from 1 to " + LARGEST,
          digits,
          "a damaged header");
    }
    return Integer.parseInt(digits);
  }

  /** The size of a camera that a header names, if it is known. */
  static Optional<SensorSize> ofCamera(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return CAMERAS.entrySet().stream()
        .filter(camera -> lower.contains(camera.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * {@return whether a pixel lies on the sensor}
   *
   * @param x column, from 0 at the left
   * @param y row, from 0 at the top
   */
  public boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
