package org.dl4jsnn.internal.convolve;

import static org.dl4jsnn.internal.kernel.WinogradKernel.INPUT;
import static org.dl4jsnn.internal.kernel.WinogradKernel.POINTS;

import org.dl4jsnn.internal.memory.Scratch;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * Kernels of 3 × 3 at the 36 points of Winograd's convolution F(4 × 4, 3 × 3), and back: the points
 * are G g Gᵀ, the gradient of the kernel is Gᵀ u G.
 *
 * @param from channels that are multiplied
 * @param to channels that the products are summed for
 * @param fromDistance distance of two channels of {@code from} among the weights
 * @param toDistance distance of two channels of {@code to} among the weights
 * @param reversed whether the kernel is turned by 180°, as in the adjoint
 */
record WinogradWeights(Panels from, Panels to, int fromDistance, int toDistance, boolean reversed) {

  static final int KERNEL = 3;
  static final int TAPS = KERNEL * KERNEL;

  /** Values of a cache line. */
  private static final int LINE = 16;

  private static final float[][] G = {
    {1 / 4f, 0, 0},
    {-1 / 6f, -1 / 6f, -1 / 6f},
    {-1 / 6f, 1 / 6f, -1 / 6f},
    {1 / 24f, 1 / 12f, 1 / 6f},
    {1 / 24f, -1 / 12f, 1 / 6f},
    {0, 0, 1},
  };

  /**
   * The distance of two points: a cache line more than needed, since at a power of two all points
   * would compete for the same few lines of the cache.
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
          float[] taps = new float[TAPS];
          float[] half = new float[INPUT * KERNEL];
          return panel -> {
            for (int channel = 0; channel < from.channels(); channel++) {
              int at = (panel * from.padded() + channel) * width;
              for (int k = 0; k < to.channels(panel); k++) {
                int weight = channel * fromDistance + (panel * width + k) * toDistance;
                for (int tap = 0; tap < TAPS; tap++) {
                  taps[tap] = weights[weight + (reversed ? TAPS - 1 - tap : tap)];
                }
                transform(taps, half, points, at + k, point);
              }
            }
          };
        });
    return points;
  }

  private static void transform(float[] taps, float[] half, float[] points, int at, int point) {
    for (int i = 0; i < INPUT; i++) {
      float[] g = G[i];
      for (int j = 0; j < KERNEL; j++) {
        half[i * KERNEL + j] =
            g[0] * taps[j] + g[1] * taps[KERNEL + j] + g[2] * taps[2 * KERNEL + j];
      }
    }
    for (int i = 0; i < INPUT; i++) {
      int row = i * KERNEL;
      for (int j = 0; j < INPUT; j++) {
        float[] g = G[j];
        points[at + (i * INPUT + j) * point] =
            g[0] * half[row] + g[1] * half[row + 1] + g[2] * half[row + 2];
      }
    }
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
    float[] gradient = new float[from.channels() * to.channels() * TAPS];
    ParallelSamples.run(
        to.count(),
        () -> {
          float[] half = new float[KERNEL * INPUT];
          return panel -> {
            for (int channel = 0; channel < from.channels(); channel++) {
              int row =
                  (panel * from.count() + channel / from.width()) * rows + channel % from.width();
              for (int k = 0; k < to.channels(panel); k++) {
                int weight = channel * fromDistance + (panel * width + k) * toDistance;
                transformBack(points, row * width + k, point, half, gradient, weight);
              }
            }
          };
        });
    return gradient;
  }

  private static void transformBack(
      float[] points, int at, int point, float[] half, float[] gradient, int weight) {
    for (int tap = 0; tap < KERNEL; tap++) {
      for (int j = 0; j < INPUT; j++) {
        float sum = 0;
        for (int i = 0; i < INPUT; i++) {
          sum += G[i][tap] * points[at + (i * INPUT + j) * point];
        }
        half[tap * INPUT + j] = sum;
      }
    }
    for (int i = 0; i < KERNEL; i++) {
      for (int tap = 0; tap < KERNEL; tap++) {
        float sum = 0;
        for (int j = 0; j < INPUT; j++) {
          sum += G[j][tap] * half[i * INPUT + j];
        }
        gradient[weight + i * KERNEL + tap] = sum;
      }
    }
  }
}
