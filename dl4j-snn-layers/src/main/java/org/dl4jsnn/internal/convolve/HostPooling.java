package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * The adjoint of average pooling without padding, in single precision on the host: every value of a
 * window gets an equal share of the window's gradient.
 *
 * @param channels channels
 * @param height rows of the input
 * @param width columns of the input
 * @param rows the window along the rows
 * @param columns the window along the columns
 */
public record HostPooling(
    int channels,
    int height,
    int width,
    ConvolutionGeometry.Side rows,
    ConvolutionGeometry.Side columns) {

  /**
   * The gradient of the input.
   *
   * @param gradient the gradient of the averages, [minibatch, channels, …]
   * @param samples number of samples
   * @param inputGradient where to write it
   */
  public void backward(FloatBuffer gradient, int samples, FloatBuffer inputGradient) {
    int pooled = channels * rows.outputs(height) * columns.outputs(width);
    int inputs = channels * height * width;
    ParallelSamples.run(
        samples,
        () -> {
          float[] averages = new float[pooled];
          float[] row = new float[width];
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
    Arrays.fill(shares, 0);
    int across = columns.outputs(width);
    int next = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < rows.outputs(height); y++) {
        spread(averages, next, across, row);
        next += across;
        int first = (channel * height + y * rows.stride()) * width;
        for (int i = 0; i < rows.kernel(); i++) {
          add(row, shares, first + i * width);
        }
      }
    }
  }

  private void spread(float[] averages, int first, int across, float[] row) {
    float size = rows.kernel() * columns.kernel();
    Arrays.fill(row, 0);
    for (int x = 0; x < across; x++) {
      float share = averages[first + x] / size;
      int at = x * columns.stride();
      for (int j = 0; j < columns.kernel(); j++) {
        row[at + j] += share;
      }
    }
  }

  private void add(float[] row, float[] shares, int first) {
    for (int x = 0; x < width; x++) {
      shares[first + x] += row[x];
    }
  }
}
