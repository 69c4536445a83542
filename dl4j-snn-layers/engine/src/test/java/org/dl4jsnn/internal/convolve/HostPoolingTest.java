package org.dl4jsnn.internal.convolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.FloatBuffer;
import java.util.Random;

/** The adjoint of average pooling against its definition. */
class HostPoolingTest {

  private static final int SAMPLES = 3;
  private static final int CHANNELS = 2;
  private static final int HEIGHT = 9;
  private static final int WIDTH = 7;

  @EveryWindow
  void shouldSpreadEveryAverage(int rows, int rowStride, int columns, int columnStride) {
    ConvolutionGeometry.Side down = new ConvolutionGeometry.Side(rows, rowStride, 0);
    ConvolutionGeometry.Side across = new ConvolutionGeometry.Side(columns, columnStride, 0);
    int outputRows = (HEIGHT - rows) / rowStride + 1;
    int outputColumns = (WIDTH - columns) / columnStride + 1;
    float[] gradient = new float[SAMPLES * CHANNELS * outputRows * outputColumns];
    Random random = new Random(1);
    float[] expected = new float[SAMPLES * CHANNELS * HEIGHT * WIDTH];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian();
      int image = i / outputColumns / outputRows;
      int top = i / outputColumns % outputRows * rowStride;
      int left = i % outputColumns * columnStride;
      for (int y = top; y < top + rows; y++) {
        for (int x = left; x < left + columns; x++) {
          expected[(image * HEIGHT + y) * WIDTH + x] += gradient[i] / (rows * columns);
        }
      }
    }
    float[] input = new float[expected.length];
    new HostPooling(new PlaneWindows(CHANNELS, HEIGHT, WIDTH, down, across))
        .backward(FloatBuffer.wrap(gradient), SAMPLES, FloatBuffer.wrap(input));
    assertArrayEquals(expected, input, 1e-6f);
  }
}
