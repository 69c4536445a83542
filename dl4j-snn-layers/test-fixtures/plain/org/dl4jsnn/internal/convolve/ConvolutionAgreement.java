package org.dl4jsnn.internal.convolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;

/**
 * Checks that the vectorised kernels convolve with the bits of their twin, which has blocks of
 * other sizes, as processors with other vectors have them.
 */
public final class ConvolutionAgreement {

  private static final int SAMPLES = 9;
  private static final List<KernelProvider> TWINS =
      List.of(new PlainDenseKernels(6, 16), new PlainDenseKernels(3, 4));

  private ConvolutionAgreement() {}

  /**
   * Compares geometries, each with one of the twins, by default every other one.
   *
   * @return the number of convolutions compared
   */
  public static int check() {
    List<ConvolutionGeometry> geometries = geometries().toList();
    int compared = 0;
    for (int geometry = 0; geometry < geometries.size(); geometry++) {
      for (int twin = 0; twin < TWINS.size(); twin++) {
        if (Cases.include(2 * TWINS.size(), geometry, twin)) {
          check(geometries.get(geometry), List.of(TWINS.get(twin)));
          compared++;
        }
      }
    }
    return compared;
  }

  /** Compares with all twins. */
  static void check(ConvolutionGeometry geometry) {
    check(geometry, TWINS);
  }

  private static void check(ConvolutionGeometry geometry, List<KernelProvider> twins) {
    List<float[]> expected = results(geometry, Kernels.named("vector"));
    for (KernelProvider twin : twins) {
      List<float[]> actual = results(geometry, twin);
      for (int i = 0; i < actual.size(); i++) {
        assertArrayEquals(expected.get(i), actual.get(i), geometry + " with " + twin);
      }
    }
  }

  /** Output, its estimate, gradient of the weights, gradient of the input. */
  private static List<float[]> results(ConvolutionGeometry geometry, KernelProvider kernels) {
    Random random = new Random(5);
    float[] input = normal(random, SAMPLES * geometry.inputs());
    float[] weights = normal(random, geometry.outputs() * geometry.taps());
    float[] gradient = normal(random, SAMPLES * geometry.outputs() * geometry.positions());
    float[] output = new float[gradient.length];
    float[] inputGradient = new float[input.length];
    HostConvolution convolution = HostConvolution.of(geometry, kernels).orElseThrow();
    convolution.forward(FloatBuffer.wrap(input), SAMPLES, weights, FloatBuffer.wrap(output));
    float[] estimate = new float[gradient.length];
    convolution.estimate(FloatBuffer.wrap(input), SAMPLES, weights, FloatBuffer.wrap(estimate));
    float[] weightGradient =
        convolution.backward(
            FloatBuffer.wrap(input),
            FloatBuffer.wrap(gradient),
            SAMPLES,
            weights,
            FloatBuffer.wrap(inputGradient));
    return List.of(output, estimate, weightGradient, inputGradient);
  }

  private static float[] normal(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static Stream<ConvolutionGeometry> geometries() {
    List<ConvolutionGeometry> geometries = new ArrayList<>();
    // The layers of LeNet5 and VGG7, smaller; the second ones take most of the time.
    geometries.add(square(1, 12, 20, 5, 1, 0));
    geometries.add(square(20, Cases.all() ? 12 : 8, 50, 5, 1, 0));
    geometries.add(square(3, 16, 64, 3, 1, 1));
    geometries.add(square(64, Cases.all() ? 8 : 5, 128, 3, 1, 1));
    // Tiles, panels and blocks that are not full.
    for (int size : new int[] {3, 4, 5, 6, 7, 9, 10, 13}) {
      for (int padding = 0; padding <= 2; padding++) {
        if (Cases.include(2, size, padding)) {
          geometries.add(square(17 + size, size, 33 - size, 3, 1, padding));
        }
      }
    }
    for (int size : new int[] {5, 6, 8, 11}) {
      for (int padding = 0; padding <= 4; padding++) {
        if (Cases.include(2, size, padding)) {
          geometries.add(square(16 + size, size, 33 - size, 5, 1, padding));
        }
      }
    }
    geometries.add(new ConvolutionGeometry(18, 5, 11, 16, side(3, 1, 0), side(3, 1, 2)));
    geometries.add(new ConvolutionGeometry(18, 5, 11, 16, side(5, 1, 0), side(5, 1, 3)));
    // All kinds of kernels, strides and padding.
    geometries.add(square(1, 1, 1, 1, 1, 0));
    geometries.add(square(40, 7, 35, 1, 1, 0));
    geometries.add(square(40, 7, 3, 1, 2, 0));
    geometries.add(square(5, 9, 7, 3, 2, 1));
    geometries.add(square(5, 10, 7, 3, 2, 0));
    geometries.add(square(5, 10, 7, 2, 3, 0));
    geometries.add(square(2, 5, 3, 4, 1, 3));
    geometries.add(square(2, 5, 3, 3, 4, 4));
    geometries.add(new ConvolutionGeometry(3, 8, 20, 9, side(2, 1, 0), side(7, 3, 1)));
    geometries.add(new ConvolutionGeometry(20, 6, 9, 70, side(3, 2, 1), side(3, 1, 1)));
    // Same padding that is longer at the end, of a stride and of an even kernel.
    geometries.add(same(20, 8, 33, 3, 2));
    geometries.add(same(18, 7, 17, 4, 1));
    geometries.add(
        new ConvolutionGeometry(
            20,
            6,
            6,
            18,
            new ConvolutionGeometry.Side(3, 1, 0, 2),
            new ConvolutionGeometry.Side(3, 1, 2, 1)));
    return geometries.stream();
  }

  private static ConvolutionGeometry same(
      int channels, int size, int outputs, int kernel, int stride) {
    ConvolutionGeometry.Side side =
        new ConvolutionGeometry.Side(kernel, stride, (kernel - 1) / 2, kernel / 2);
    return new ConvolutionGeometry(channels, size, size, outputs, side, side);
  }

  private static ConvolutionGeometry.Side side(int kernel, int stride, int padding) {
    return new ConvolutionGeometry.Side(kernel, stride, padding);
  }

  static ConvolutionGeometry square(
      int channels, int size, int outputs, int kernel, int stride, int padding) {
    ConvolutionGeometry.Side side = side(kernel, stride, padding);
    return new ConvolutionGeometry(channels, size, size, outputs, side, side);
  }
}
