package org.dl4jsnn.internal.convolve;

import static org.dl4jsnn.internal.kernel.WinogradKernel.INPUT;
import static org.dl4jsnn.internal.kernel.WinogradKernel.POINTS;

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

  /** Values of a cache line. */
  private static final int LINE = 16;

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
            for (int channel = 0; channel < from.channels(); channel++) {
              int at = (panel * from.padded() + channel) * width;
              for (int k = 0; k < to.channels(panel); k++) {
                int weight = channel * fromDistance + (panel * width + k) * toDistance;
                transform.forward(weights, weight, points, at + k, point);
              }
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
            for (int channel = 0; channel < from.channels(); channel++) {
              int row =
                  (panel * from.count() + channel / from.width()) * rows + channel % from.width();
              for (int k = 0; k < to.channels(panel); k++) {
                int weight = channel * fromDistance + (panel * width + k) * toDistance;
                transform.back(points, row * width + k, point, gradient, weight);
              }
            }
          };
        });
    return gradient;
  }

  /** The transforms of one kernel, with the scratch of one thread. */
  private final class Transform {

    private final float[][] g = matrix(kernel);
    private final float[] taps = new float[taps()];
    private final float[] half = new float[INPUT * kernel];

    void forward(float[] weights, int weight, float[] points, int at, int point) {
      for (int tap = 0; tap < taps.length; tap++) {
        taps[tap] = weights[weight + (reversed ? taps.length - 1 - tap : tap)];
      }
      for (int i = 0; i < INPUT; i++) {
        for (int j = 0; j < kernel; j++) {
          float sum = 0;
          for (int k = 0; k < kernel; k++) {
            sum += g[i][k] * taps[k * kernel + j];
          }
          half[i * kernel + j] = sum;
        }
      }
      for (int i = 0; i < INPUT; i++) {
        for (int j = 0; j < INPUT; j++) {
          float sum = 0;
          for (int k = 0; k < kernel; k++) {
            sum += g[j][k] * half[i * kernel + k];
          }
          points[at + (i * INPUT + j) * point] = sum;
        }
      }
    }

    void back(float[] points, int at, int point, float[] gradient, int weight) {
      for (int tap = 0; tap < kernel; tap++) {
        for (int j = 0; j < INPUT; j++) {
          float sum = 0;
          for (int i = 0; i < INPUT; i++) {
            sum += g[i][tap] * points[at + (i * INPUT + j) * point];
          }
          half[tap * INPUT + j] = sum;
        }
      }
      for (int i = 0; i < kernel; i++) {
        for (int tap = 0; tap < kernel; tap++) {
          float sum = 0;
          for (int j = 0; j < INPUT; j++) {
            sum += g[j][tap] * half[i * INPUT + j];
          }
          gradient[weight + i * kernel + tap] = sum;
        }
      }
    }
  }
}
