package org.dl4jsnn.event;

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
    if (!isSide(pixels)) {
      throw new IllegalArgumentException(
          name + " must be from 1 to " + LARGEST + ", got " + pixels);
    }
  }

  static boolean isSide(long pixels) {
    return pixels >= 1 && pixels <= LARGEST;
  }

  /**
   * A side stated in digits in a header.
   *
   * @throws EventFormatException if it is not a valid side; names the source's record
   */
  static int side(ByteSource source, String name, String text) throws EventFormatException {
    return side(source, source.recordStart(), name, text);
  }

  /**
   * A side stated in digits in a header.
   *
   * @throws EventFormatException if it is not a valid side; names a byte of the source
   */
  static int side(ByteSource source, long offset, String name, String text)
      throws EventFormatException {
    String digits = text.strip();
    // Five digits at most, so that the number fits.
    if (!digits.matches("[0-9]{1,5}") || !isSide(Integer.parseInt(digits))) {
      throw source.failureAt(
          offset,
          "the sensor's "
              + name
              + " must be from 1 to "
              + LARGEST
              + ", got "
              + digits
              + ". Possible cause: a damaged header");
    }
    return Integer.parseInt(digits);
  }

  /**
   * Whether a pixel lies on the sensor.
   *
   * @param x column, from 0 at the left
   * @param y row, from 0 at the top
   * @return true if it does
   */
  public boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
