package org.dl4jsnn.event.camera;

/**
 * An image on the screen as the sensor's pixels see it, (30) and (31) in docs/mathematics.md. For
 * every square of the screen that starts at a whole pixel, the logarithm of its mean light is
 * stored. Squares one sensor pixel apart are adjacent in memory, so a look reads four contiguous
 * runs for any displacement.
 */
final class Scene {

  private final int width;
  private final int height;
  private final int square;
  private final int margin;
  private final int columns;
  private final int rows;

  /** Rows of the squares that start at (u, v) modulo the square's side, for all (u, v). */
  private final float[] log;

  /** Creates the screen with the image in the middle and room for displacements up to the reach. */
  Scene(GreyImage image, CameraSettings camera, ScreenLight light, double reach) {
    width = camera.sensor().width();
    height = camera.sensor().height();
    square = camera.screenPixels();
    int marginSquares = (int) Math.ceil((reach + 1) / square);
    margin = marginSquares * square;
    columns = width + 2 * marginSquares;
    rows = height + 2 * marginSquares;
    log = new float[columns * rows * square * square];
    float[] sums = squareSums(screen(image, camera, light));
    float area = square * square;
    float ambient = (float) camera.ambient();
    int screenWidth = columns * square;
    for (int v = 0; v < rows * square; v++) {
      for (int u = 0; u < screenWidth; u++) {
        log[start(u, v)] = Logarithm.of(sums[v * screenWidth + u] / area + ambient);
      }
    }
  }

  /** The light of the screen, row by row. */
  private float[] screen(GreyImage image, CameraSettings camera, ScreenLight light) {
    float[] levels = light.of(image.levels);
    int left = margin + Math.floorDiv(width * square - image.width(), 2);
    int top = margin + Math.floorDiv(height * square - image.height(), 2);
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    float[] screen = new float[columns * square * rows * square];
    int next = 0;
    for (int v = 0; v < rows * square; v++) {
      int y = Math.max(0, Math.min(bottom, v - top));
      for (int u = 0; u < columns * square; u++) {
        int x = Math.max(0, Math.min(right, u - left));
        boolean inside = x == u - left && y == v - top;
        screen[next++] =
            inside || camera.border() == Border.EDGE ? levels[y * image.width() + x] : 0;
      }
    }
    return screen;
  }

  /**
   * The sum over the square that starts at each pixel; at the far ends, over the part on the
   * screen.
   */
  private float[] squareSums(float[] screen) {
    int screenWidth = columns * square;
    float[] along = new float[screen.length];
    for (int v = 0; v < rows * square; v++) {
      for (int k = 0; k < square; k++) {
        addRun(screen, v * screenWidth + k, along, v * screenWidth, screenWidth - k);
      }
    }
    float[] sums = new float[screen.length];
    for (int k = 0; k < square; k++) {
      addRun(along, k * screenWidth, sums, 0, screen.length - k * screenWidth);
    }
    return sums;
  }

  private static void addRun(float[] from, int fromStart, float[] to, int toStart, int length) {
    for (int i = 0; i < length; i++) {
      to[toStart + i] += from[fromStart + i];
    }
  }

  /** The index of the square that starts at a pixel of the screen. */
  private int start(int u, int v) {
    int run = v % square * square + u % square;
    return (run * rows + v / square) * columns + u / square;
  }

  /**
   * Computes what all pixels of the sensor see, as logarithms of light in rows of the sensor, with
   * the image displaced by so many pixels of the screen.
   */
  void look(double right, double down, float[] seen) {
    int u = (int) Math.floor(margin - right);
    int v = (int) Math.floor(margin - down);
    float uShare = (float) (margin - right - u);
    float vShare = (float) (margin - down - v);
    float upperLeft = (1 - uShare) * (1 - vShare);
    float upperRight = uShare * (1 - vShare);
    float lowerLeft = (1 - uShare) * vShare;
    float lowerRight = uShare * vShare;
    for (int y = 0; y < height; y++) {
      int row = y * columns;
      int a = start(u, v) + row;
      int b = start(u + 1, v) + row;
      int c = start(u, v + 1) + row;
      int d = start(u + 1, v + 1) + row;
      int to = y * width;
      for (int x = 0; x < width; x++) {
        seen[to + x] =
            upperLeft * log[a + x]
                + upperRight * log[b + x]
                + lowerLeft * log[c + x]
                + lowerRight * log[d + x];
      }
    }
  }

  /** The screen's light for grey levels, from a table with linear interpolation. */
  static final class ScreenLight {

    private static final int STEPS = 4096;

    private final float[] table = new float[STEPS + 2];

    ScreenLight(double gamma) {
      for (int i = 0; i <= STEPS; i++) {
        table[i] = (float) StrictMath.pow((double) i / STEPS, gamma);
      }
      // Its weight is always 0; saves a check for a level of 1.
      table[STEPS + 1] = table[STEPS];
    }

    /** Light from 0 to 1 for levels from 0 to 1. */
    float[] of(float[] levels) {
      float[] light = new float[levels.length];
      for (int i = 0; i < light.length; i++) {
        float place = levels[i] * STEPS;
        int below = (int) place;
        light[i] = table[below] + (place - below) * (table[below + 1] - table[below]);
      }
      return light;
    }
  }

  /**
   * The natural logarithm of positive floats, to 1e-10, by a table of the mantissa's first bits.
   * Several times faster than the JDK's, with the same result on every machine.
   */
  static final class Logarithm {

    private static final int INDEX_BITS = 12;
    private static final int SIZE = 1 << INDEX_BITS;
    private static final int MANTISSA_BITS = 23;
    private static final int REST_BITS = MANTISSA_BITS - INDEX_BITS;
    private static final double REST_UNIT = 1.0 / (1 << MANTISSA_BITS);
    private static final double LN_2 = StrictMath.log(2);
    private static final double[] LOG = new double[SIZE];
    private static final double[] INVERSE = new double[SIZE];

    static {
      for (int i = 0; i < SIZE; i++) {
        double start = 1 + (double) i / SIZE;
        LOG[i] = StrictMath.log(start);
        INVERSE[i] = 1 / start;
      }
    }

    private Logarithm() {}

    /** The logarithm of a normal float above 0. */
    static float of(float value) {
      int bits = Float.floatToRawIntBits(value);
      int exponent = (bits >>> MANTISSA_BITS) - Float.MAX_EXPONENT;
      int index = bits >>> REST_BITS & SIZE - 1;
      double rest = (bits & (1 << REST_BITS) - 1) * REST_UNIT * INVERSE[index];
      return (float) (exponent * LN_2 + LOG[index] + rest - rest * rest / 2);
    }
  }
}
