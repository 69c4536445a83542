package org.dl4jsnn.event.camera;

/**
 * Bicubic interpolation along rows, (29) in docs/mathematics.md. Weights of pixels outside are
 * dropped, and the others scaled to a sum of 1.
 */
final class BicubicRows {

  private static final int TAPS = 4;
  private static final double A = -0.5;

  private BicubicRows() {}

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
