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
   * @param inputGradient where it goes
   */
  public void backward(FloatBuffer gradient, int samples, FloatBuffer inputGradient) {
    int pooled = channels * rows.outputs(height) * columns.outputs(width);
    int inputs = channels * height * width;
    ParallelSamples.run(
        samples,
        () -> {
          float[] averages = new float[pooled];
          float[] shares = new float[inputs];
          return sample -> {
            gradient.get(sample * pooled, averages);
            spread(averages, shares);
            inputGradient.put(sample * inputs, shares);
          };
        });
  }

  private void spread(float[] averages, float[] shares) {
    Arrays.fill(shares, 0);
    float size = rows.kernel() * columns.kernel();
    int next = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < rows.outputs(height); y++) {
        int row = (channel * height + y * rows.stride()) * width;
        for (int x = 0; x < columns.outputs(width); x++) {
          add(averages[next++] / size, row + x * columns.stride(), shares);
        }
      }
    }
  }

  private void add(float share, int first, float[] shares) {
    for (int i = 0; i < rows.kernel(); i++) {
      int row = first + i * width;
      for (int j = 0; j < columns.kernel(); j++) {
        shares[row + j] += share;
      }
    }
  }
}
