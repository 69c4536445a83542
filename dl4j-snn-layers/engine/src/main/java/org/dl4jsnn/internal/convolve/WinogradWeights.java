package org.dl4jsnn.internal.convolve;

import static org.dl4jsnn.internal.kernel.WinogradKernel.INPUT;
import static org.dl4jsnn.internal.kernel.WinogradKernel.POINTS;

import java.util.Arrays;
import org.dl4jsnn.internal.memory.Scratch;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * Kernels of 3 × 3 or 5 × 5 at the 36 points of Winograd's convolutions F(4 × 4, 3 × 3) and F(2 ×
 * 2, 5 × 5), and back: the points are G g Gᵀ, the gradient of the kernel is Gᵀ u G.
 *
 * @param kernel rows and columns of a kernel
 * @param from channels that are summed over
 * @param to channels of the result
 * @param fromDistance distance between two channels of {@code from} among the weights
 * @param toDistance distance between two channels of {@code to} among the weights
 * @param reversed whether the kernel is turned by 180°, as in the adjoint
 */
record WinogradWeights(
    int kernel, Panels from, Panels to, int fromDistance, int toDistance, boolean reversed) {

  WinogradWeights {
    if (from.width() % CHANNELS != 0) {
      throw new IllegalArgumentException(
          "panels must have a multiple of " + CHANNELS + " channels, got " + from.width());
    }
  }

  /** Values of a cache line. */
  private static final int LINE = 16;

  /** Channels of {@code from} that are transformed at once; divides the width of every panel. */
  private static final int CHANNELS = 4;

  /** The finite points; the last one is at infinity. */
  private static final int[] AT = {0, 1, -1, 2, -2};

  /** Factors of the values at the finite points. */
  private static final float[] FACTORS = {1 / 4f, -1 / 6f, -1 / 6f, 1 / 24f, 1 / 24f};

  /** G with the given number of columns: the powers of every point. */
  private static float[][] matrix(int columns) {
    float[][] matrix = new float[INPUT][columns];
    for (int i = 0; i < AT.length; i++) {
      float power = FACTORS[i];
      for (int j = 0; j < columns; j++) {
        matrix[i][j] = power;
        power *= AT[i];
      }
    }
    matrix[INPUT - 1][columns - 1] = 1;
    return matrix;
  }

  /** Weights of a kernel. */
  int taps() {
    return kernel * kernel;
  }

  /**
   * The distance between two points: a cache line more than needed, since at a power of two all
   * points would compete for the same few cache lines.
   */
  static int pointDistance(int values) {
    return values + LINE;
  }

  /** [point, panel of to, channel of from, channel of the panel]. */
  float[] points(float[] weights, Scratch scratch) {
    int width = to.width();
    int point = pointDistance(to.padded() * from.padded());
    float[] points = scratch.zeros(POINTS * point);
    ParallelSamples.run(
        to.count(),
        () -> {
          Transform transform = new Transform();
          return panel -> {
            for (int channel = 0; channel < from.channels(); channel += CHANNELS) {
              int at = (panel * from.padded() + channel) * width;
              transform.forward(weights, channel, panel, points, at, point);
            }
          };
        });
    return points;
  }

  /**
   * The gradient of the weights.
   *
   * @param points gradients at the points, [point, panel of to, panel of from, row, channel of the
   *     panel], a row being a channel of from
   * @param rows rows of a panel of from
   */
  float[] gradient(float[] points, int rows) {
    int width = to.width();
    int point = pointDistance(to.padded() * from.count() * rows);
    float[] gradient = new float[from.channels() * to.channels() * taps()];
    ParallelSamples.run(
        to.count(),
        () -> {
          Transform transform = new Transform();
          return panel -> {
            for (int channel = 0; channel < from.channels(); channel += CHANNELS) {
              int row =
                  (panel * from.count() + channel / from.width()) * rows + channel % from.width();
              transform.back(points, row * width, point, gradient, channel, panel);
            }
          };
        });
    return gradient;
  }

  /**
   * The transforms of the kernels from a few channels to a panel, with the scratch of one thread.
   * Every tap and every point has a row of its own, with a value of every kernel, so that Java
   * vectorises the loops.
   */
  private final class Transform {

    private final float[][] g = matrix(kernel);
    private final float[][] transposed = transpose(g);
    private final float[][] taps = new float[taps()][CHANNELS * to.width()];
    private final float[][] half = new float[INPUT * kernel][CHANNELS * to.width()];
    private final float[][] points = new float[POINTS][CHANNELS * to.width()];

    /** Transforms the kernels from the given channel and those after it. */
    void forward(float[] weights, int channel, int panel, float[] target, int at, int point) {
      int channels = Math.min(CHANNELS, from.channels() - channel);
      read(weights, channel, channels, panel);
      for (int i = 0; i < INPUT; i++) {
        for (int j = 0; j < kernel; j++) {
          sum(g[i], taps, j, kernel, half[i * kernel + j]);
        }
      }
      for (int i = 0; i < POINTS; i++) {
        sum(g[i % INPUT], half, i / INPUT * kernel, 1, points[i]);
        System.arraycopy(points[i], 0, target, at + i * point, channels * to.width());
      }
    }

    /** Surplus channels of the panel become 0. */
    private void read(float[] weights, int channel, int channels, int panel) {
      int width = to.width();
      for (int c = 0; c < channels; c++) {
        for (int k = 0; k < width; k++) {
          boolean isSurplus = k >= to.channels(panel);
          int weight = (channel + c) * fromDistance + (panel * width + k) * toDistance;
          for (int tap = 0; tap < taps.length; tap++) {
            int read = weight + (reversed ? taps.length - 1 - tap : tap);
            taps[tap][c * width + k] = isSurplus ? 0 : weights[read];
          }
        }
      }
    }

    void back(float[] source, int at, int point, float[] gradient, int channel, int panel) {
      int channels = Math.min(CHANNELS, from.channels() - channel);
      for (int i = 0; i < POINTS; i++) {
        System.arraycopy(source, at + i * point, points[i], 0, channels * to.width());
      }
      for (int i = 0; i < kernel; i++) {
        for (int j = 0; j < INPUT; j++) {
          sum(transposed[i], points, j, INPUT, half[i * INPUT + j]);
        }
      }
      for (int tap = 0; tap < taps.length; tap++) {
        sum(transposed[tap % kernel], half, tap / kernel * INPUT, 1, taps[tap]);
      }
      write(gradient, channel, channels, panel);
    }

    private void write(float[] gradient, int channel, int channels, int panel) {
      int width = to.width();
      for (int c = 0; c < channels; c++) {
        for (int k = 0; k < to.channels(panel); k++) {
          int weight = (channel + c) * fromDistance + (panel * width + k) * toDistance;
          for (int tap = 0; tap < taps.length; tap++) {
            gradient[weight + tap] = taps[tap][c * width + k];
          }
        }
      }
    }
  }

  private static float[][] transpose(float[][] matrix) {
    float[][] transposed = new float[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  /** Writes the sum of rows times factors, in their order. */
  private static void sum(
      float[] factors, float[][] rows, int first, int distance, float[] target) {
    Arrays.fill(target, 0);
    for (int i = 0; i < factors.length; i++) {
      add(factors[i], rows[first + i * distance], target);
    }
  }

  private static void add(float factor, float[] row, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * row[i];
    }
  }
}
