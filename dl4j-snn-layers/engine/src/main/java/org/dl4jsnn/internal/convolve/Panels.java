package org.dl4jsnn.internal.convolve;

import java.nio.FloatBuffer;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.PanelKernel;

/**
 * Channels in panels: panel after panel, each with its pixels, each pixel with the panel's
 * channels. If a panel is as wide as a block of a matrix product, everything that the product reads
 * is contiguous. Surplus channels of the last panel are never written.
 *
 * @param channels number of channels
 * @param width channels per panel
 * @param kernel the innermost loops; null for any width
 */
record Panels(int channels, int width, PanelKernel kernel) {

  /** Panels as wide as a block of a matrix product. */
  static Panels of(int channels, DenseKernels kernels) {
    return new Panels(channels, kernels.matrix().columns(), kernels.panels());
  }

  /** All channels in one panel. */
  static Panels one(int channels) {
    return new Panels(channels, channels, null);
  }

  /** Number of panels. */
  int count() {
    return (channels + width - 1) / width;
  }

  /** Channels including the surplus of the last panel. */
  int padded() {
    return count() * width;
  }

  /** Channels of a panel without surplus. */
  int channels(int panel) {
    return Math.min(width, channels - panel * width);
  }

  /**
   * Reads a sample.
   *
   * @param source samples, each channel after channel
   * @param frame where its pixels go
   * @param pixels the panels; the border is not changed
   */
  void read(FloatBuffer source, int sample, float[] planes, Frame frame, float[] pixels) {
    int plane = frame.height() * frame.width();
    source.get(sample * channels * plane, planes, 0, channels * plane);
    int columns = frame.columns();
    for (int panel = 0; panel < count(); panel++) {
      int own = channels(panel);
      for (int y = 0; y < frame.rows(); y++) {
        int to = (panel * frame.pixels() + frame.pixel(y)) * width;
        for (int c = 0; c < own; c++) {
          int from = (panel * width + c) * plane + y * frame.width();
          if (kernel != null) {
            kernel.spread(planes, from, columns, pixels, to + c);
          } else {
            for (int x = 0; x < columns; x++) {
              pixels[to + c + x * width] = planes[from + x];
            }
          }
        }
      }
    }
  }

  /**
   * Writes a sample: the inverse of {@link #read}. Cut-off pixels become 0.
   *
   * @param frame where the sample's pixels are
   * @param planes scratch for the sample, at first all zeros where the image is cut off
   * @param target samples, each channel after channel
   */
  void write(float[] pixels, Frame frame, float[] planes, int sample, FloatBuffer target) {
    int plane = frame.height() * frame.width();
    int columns = frame.columns();
    for (int panel = 0; panel < count(); panel++) {
      int own = channels(panel);
      for (int y = 0; y < frame.rows(); y++) {
        int from = (panel * frame.pixels() + frame.pixel(y)) * width;
        for (int c = 0; c < own; c++) {
          int to = (panel * width + c) * plane + y * frame.width();
          if (kernel != null) {
            kernel.collect(pixels, from + c, columns, planes, to);
          } else {
            for (int x = 0; x < columns; x++) {
              planes[to + x] = pixels[from + c + x * width];
            }
          }
        }
      }
    }
    target.put(sample * channels * plane, planes, 0, channels * plane);
  }
}
