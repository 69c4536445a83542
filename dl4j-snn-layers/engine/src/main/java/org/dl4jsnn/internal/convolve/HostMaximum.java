package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * Maximum pooling without padding and its adjoint, in single precision on the host. The first of
 * several equal maxima of a window, row by row, gets the window's gradient, as in ND4J.
 *
 * @param windows the windows that are pooled
 */
public record HostMaximum(PlaneWindows windows) {

  /** What is done with a window. */
  @FunctionalInterface
  private interface Body {
    void take(int window, int largest);
  }

  /**
   * The maxima.
   *
   * @param input the values, [minibatch, channels, height, width]; no NaN
   * @param maxima where to write them
   */
  public void forward(FloatBuffer input, int samples, FloatBuffer maxima) {
    ParallelSamples.run(
        samples,
        () -> {
          float[] values = new float[windows.inputs()];
          float[] pooled = new float[windows.count()];
          return sample -> {
            input.get(sample * values.length, values);
            forEachWindow(values, (window, largest) -> pooled[window] = values[largest]);
            maxima.put(sample * pooled.length, pooled);
          };
        });
  }

  /**
   * The gradient of the input.
   *
   * @param input the values, [minibatch, channels, height, width]; no NaN
   * @param inputGradient where to write it
   */
  public void backward(
      FloatBuffer input, FloatBuffer gradient, int samples, FloatBuffer inputGradient) {
    ParallelSamples.run(
        samples,
        () -> {
          float[] values = new float[windows.inputs()];
          float[] pooled = new float[windows.count()];
          float[] passed = new float[windows.inputs()];
          return sample -> {
            input.get(sample * values.length, values);
            gradient.get(sample * pooled.length, pooled);
            Arrays.fill(passed, 0);
            forEachWindow(values, (window, largest) -> passed[largest] += pooled[window]);
            inputGradient.put(sample * passed.length, passed);
          };
        });
  }

  /** Visits the windows with the index of the first maximum of each. */
  private void forEachWindow(float[] values, Body body) {
    int across = windows.across();
    int stride = windows.columns().stride();
    int window = 0;
    for (int channel = 0; channel < windows.channels(); channel++) {
      for (int y = 0; y < windows.down(); y++) {
        int first = windows.first(channel, y);
        for (int x = 0; x < across; x++) {
          body.take(window++, largest(values, first + x * stride));
        }
      }
    }
  }

  private int largest(float[] values, int first) {
    int largest = first;
    int across = windows.columns().kernel();
    for (int i = 0; i < windows.rows().kernel(); i++) {
      int from = first + i * windows.width();
      for (int at = from; at < from + across; at++) {
        largest = values[at] > values[largest] ? at : largest;
      }
    }
    return largest;
  }
}
