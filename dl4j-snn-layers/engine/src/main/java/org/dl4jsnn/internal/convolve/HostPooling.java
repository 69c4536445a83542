package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * The adjoint of average pooling without padding, in single precision on the host: every value of a
 * window gets an equal share of the window's gradient.
 *
 * @param windows the windows that are pooled
 */
public record HostPooling(PlaneWindows windows) {

  /**
   * The gradient of the input.
   *
   * @param gradient the gradient of the averages, [minibatch, channels, …]
   * @param inputGradient where to write it
   */
  public void backward(FloatBuffer gradient, int samples, FloatBuffer inputGradient) {
    int pooled = windows.count();
    int inputs = windows.inputs();
    ParallelSamples.run(
        samples,
        () -> {
          float[] averages = new float[pooled];
          float[] row = new float[windows.width()];
          float[] shares = new float[inputs];
          return sample -> {
            gradient.get(sample * pooled, averages);
            spread(averages, row, shares);
            inputGradient.put(sample * inputs, shares);
          };
        });
  }

  /** Spreads a row of windows along the columns first, then along the rows. */
  private void spread(float[] averages, float[] row, float[] shares) {
    ConvolutionGeometry.Side rows = windows.rows();
    ConvolutionGeometry.Side columns = windows.columns();
    int width = windows.width();
    divide(averages, rows.kernel() * columns.kernel());
    boolean overlap = rows.stride() < rows.kernel() || columns.stride() < columns.kernel();
    Arrays.fill(shares, 0);
    Arrays.fill(row, 0);
    int across = windows.across();
    int next = 0;
    for (int channel = 0; channel < windows.channels(); channel++) {
      for (int y = 0; y < windows.down(); y++) {
        int first = windows.first(channel, y);
        if (overlap) {
          add(averages, next, across, row);
        } else {
          repeat(averages, next, across, row);
        }
        next += across;
        for (int i = 0; i < rows.kernel(); i++) {
          if (overlap) {
            add(row, shares, first + i * width);
          } else {
            System.arraycopy(row, 0, shares, first + i * width, width);
          }
        }
      }
    }
  }

  private static void divide(float[] averages, float size) {
    for (int i = 0; i < averages.length; i++) {
      averages[i] /= size;
    }
  }

  /** Windows that do not overlap; columns between them stay 0. */
  private void repeat(float[] averages, int first, int across, float[] row) {
    int kernel = windows.columns().kernel();
    int stride = windows.columns().stride();
    if (kernel == 2 && stride == 2) {
      for (int x = 0; x < across; x++) {
        float share = averages[first + x];
        row[2 * x] = share;
        row[2 * x + 1] = share;
      }
      return;
    }
    for (int x = 0; x < across; x++) {
      Arrays.fill(row, x * stride, x * stride + kernel, averages[first + x]);
    }
  }

  private void add(float[] averages, int first, int across, float[] row) {
    ConvolutionGeometry.Side columns = windows.columns();
    Arrays.fill(row, 0);
    for (int x = 0; x < across; x++) {
      int at = x * columns.stride();
      for (int j = 0; j < columns.kernel(); j++) {
        row[at + j] += averages[first + x];
      }
    }
  }

  private void add(float[] row, float[] shares, int first) {
    for (int x = 0; x < row.length; x++) {
      shares[first + x] += row[x];
    }
  }
}
