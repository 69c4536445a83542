package org.dl4jsnn.event.camera;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * An image of grey levels, from 0 (black) to 1 (white), as stored in files, before a screen's
 * gamma. Immutable.
 */
public final class GreyImage {

  /** Weights of red, green and blue; ITU-R BT.601. */
  private static final double[] WEIGHTS = {0.299, 0.587, 0.114};

  private static final double WHITE = 255;

  private final int width;
  private final int height;

  /** The levels of all pixels; must not be modified. */
  final float[] levels;

  /** Keeps the levels without copying. */
  private GreyImage(int width, int height, float[] levels) {
    this.width = width;
    this.height = height;
    this.levels = levels;
  }

  /**
   * {@return an image of given grey levels}
   *
   * @param width pixels from left to right
   * @param height pixels from top to bottom
   * @param levels width * height of them, from 0 to 1, row by row from the top
   * @throws IllegalArgumentException if a side is below 1, or the number of levels is wrong, or a
   *     level is out of range
   */
  public static GreyImage of(int width, int height, float[] levels) {
    requireSize(width, height, 1, Require.given("levels", levels).length, "levels");
    for (float level : levels) {
      if (!(level >= 0 && level <= 1)) {
        throw new IllegalArgumentException(
            "a grey level must be from 0 to 1, got "
                + level
                + ". Possible cause: levels from 0 to 255");
      }
    }
    return new GreyImage(width, height, levels.clone());
  }

  /**
   * {@return an image of grey bytes, such as MNIST's}
   *
   * @param width pixels from left to right
   * @param height pixels from top to bottom
   * @param bytes width * height of them, unsigned, row by row from the top
   * @throws IllegalArgumentException if a side is below 1 or the number of bytes is wrong
   */
  public static GreyImage ofBytes(int width, int height, byte[] bytes) {
    requireSize(width, height, 1, Require.given("bytes", bytes).length, "bytes");
    float[] levels = new float[bytes.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (float) ((bytes[i] & 0xFF) / WHITE);
    }
    return new GreyImage(width, height, levels);
  }

  /**
   * {@return the grey of a colour image: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601)}
   *
   * @param width pixels from left to right
   * @param height pixels from top to bottom
   * @param planes all red bytes, then all green, then all blue ones, unsigned, row by row from the
   *     top, as CIFAR-10 has them
   * @throws IllegalArgumentException if a side is below 1 or the number of bytes is wrong
   */
  public static GreyImage ofColourPlanes(int width, int height, byte[] planes) {
    int channels = WEIGHTS.length;
    requireSize(width, height, channels, Require.given("planes", planes).length, "bytes");
    float[] levels = new float[width * height];
    for (int i = 0; i < levels.length; i++) {
      double grey = 0;
      for (int channel = 0; channel < channels; channel++) {
        grey += WEIGHTS[channel] * (planes[channel * levels.length + i] & 0xFF);
      }
      levels[i] = (float) Math.min(1, grey / WHITE);
    }
    return new GreyImage(width, height, levels);
  }

  private static void requireSize(int width, int height, int channels, int length, String what) {
    Require.atLeast("width", width, 1);
    Require.atLeast("height", height, 1);
    long expected = Require.product(channels, width, height);
    if (length != expected) {
      throw new IllegalArgumentException(
          String.format(
              "%s of an image of %s x %s must be %s, got %s",
              what, width, height, expected, length));
    }
  }

  /**
   * {@return this image with more pixels, by bicubic interpolation (Keys, "Cubic Convolution
   * Interpolation for Digital Image Processing", 1981, with a = -1/2)}
   *
   * @param newWidth pixels from left to right, at least as many as now
   * @param newHeight pixels from top to bottom, at least as many as now
   * @throws IllegalArgumentException if a side would become smaller
   */
  public GreyImage enlarged(int newWidth, int newHeight) {
    Require.atLeast("newWidth", newWidth, width);
    Require.atLeast("newHeight", newHeight, height);
    float[] wide = BicubicRows.enlarge(levels, width, newWidth);
    float[] turned = transposed(wide, newWidth, height);
    float[] large = BicubicRows.enlarge(turned, height, newHeight);
    return new GreyImage(newWidth, newHeight, transposed(large, newHeight, newWidth));
  }

  private static float[] transposed(float[] rows, int width, int height) {
    float[] columns = new float[rows.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        columns[x * height + y] = rows[y * width + x];
      }
    }
    return columns;
  }

  /** {@return the pixels from left to right} */
  public int width() {
    return width;
  }

  /** {@return the pixels from top to bottom} */
  public int height() {
    return height;
  }

  /**
   * {@return a grey level, from 0 to 1}
   *
   * @param x column, from 0 at the left
   * @param y row, from 0 at the top
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public float level(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException(
          "(x, y) must be in an image of " + width + " x " + height + ", got " + x + ", " + y);
    }
    return levels[y * width + x];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GreyImage image
        && image.width == width
        && image.height == height
        && Arrays.equals(image.levels, levels);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return "image of " + width + " x " + height;
  }

  /**
   * Bicubic interpolation along rows, (29) in docs/mathematics.md. Weights of pixels outside are
   * dropped, and the others scaled to a sum of 1.
   */
  private static final class BicubicRows {

    private static final int TAPS = 4;
    private static final double A = -0.5;

    /** Rows of another length, not shorter; levels stay from 0 to 1. */
    static float[] enlarge(float[] rows, int width, int newWidth) {
      float[] weights = new float[newWidth * TAPS];
      int[] first = new int[newWidth];
      for (int i = 0; i < newWidth; i++) {
        // Pixels are squares with centres at a half.
        double middle = (i + 0.5) * width / newWidth - 0.5;
        first[i] = (int) Math.floor(middle) - 1;
        double sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          sum += inside(first[i] + tap, width) ? weight(middle - first[i] - tap) : 0;
        }
        for (int tap = 0; tap < TAPS; tap++) {
          if (inside(first[i] + tap, width)) {
            weights[i * TAPS + tap] = (float) (weight(middle - first[i] - tap) / sum);
          }
        }
      }
      int height = rows.length / width;
      float[] large = new float[newWidth * height];
      for (int y = 0; y < height; y++) {
        for (int i = 0; i < newWidth; i++) {
          float level = 0;
          for (int tap = 0; tap < TAPS; tap++) {
            int x = Math.max(0, Math.min(width - 1, first[i] + tap));
            level += weights[i * TAPS + tap] * rows[y * width + x];
          }
          large[y * newWidth + i] = Math.max(0, Math.min(1, level));
        }
      }
      return large;
    }

    private static boolean inside(int x, int width) {
      return x >= 0 && x < width;
    }

    private static double weight(double distance) {
      double d = Math.abs(distance);
      if (d < 1) {
        return ((A + 2) * d - (A + 3)) * d * d + 1;
      }
      return d < 2 ? A * (((d - 5) * d + 8) * d - 4) : 0;
    }
  }
}
