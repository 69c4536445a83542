package org.dl4jsnn.internal.convolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.internal.kernel.Kernels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convolutions against plain loops in double precision. Errors are given in units of 2⁻²⁴ times the
 * sum of the magnitudes of all terms.
 */
class HostConvolutionTest {

  private static final double UNIT = Math.pow(2, -24);

  /** A sum of fused multiply-adds; its errors are of both signs. */
  private static final double MATRIX_UNITS = 8;

  /** The transforms multiply by up to 10 along each axis, and what they add cancels. */
  private static final double WINOGRAD_UNITS = 60;

  private final Random random = new Random(5);

  @BeforeEach
  void requireTheVectorModule() {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
  }

  static Stream<ConvolutionGeometry> geometries() {
    return ConvolutionAgreement.geometries();
  }

  private static HostConvolution convolution(ConvolutionGeometry geometry) {
    return HostConvolution.of(geometry, Kernels.named("vector")).orElseThrow();
  }

  private static double units(HostConvolution convolution) {
    return convolution.isWinograd() ? WINOGRAD_UNITS : MATRIX_UNITS;
  }

  private float[] normal(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void shouldConvolve(ConvolutionGeometry geometry) {
    int samples = 3;
    float[] input = normal(samples * geometry.inputs());
    float[] weights = normal(geometry.outputs() * geometry.taps());
    float[] output = new float[samples * geometry.outputs() * geometry.positions()];
    HostConvolution convolution = convolution(geometry);
    convolution.forward(FloatBuffer.wrap(input), samples, weights, FloatBuffer.wrap(output));
    Sums expected = new Sums(output.length);
    forEachTerm(
        geometry,
        samples,
        (in, weight, out) -> expected.add(out, (double) input[in] * weights[weight]));
    expected.assertClose(output, MATRIX_UNITS);
    convolution.estimate(FloatBuffer.wrap(input), samples, weights, FloatBuffer.wrap(output));
    expected.assertClose(output, units(convolution));
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void shouldGoBack(ConvolutionGeometry geometry) {
    int samples = 11; // more than groups
    float[] input = normal(samples * geometry.inputs());
    float[] weights = normal(geometry.outputs() * geometry.taps());
    float[] gradient = normal(samples * geometry.outputs() * geometry.positions());
    float[] inputGradient = normal(input.length); // to be overwritten
    HostConvolution convolution = convolution(geometry);
    float[] weightGradient =
        convolution.backward(
            FloatBuffer.wrap(input),
            FloatBuffer.wrap(gradient),
            samples,
            weights,
            FloatBuffer.wrap(inputGradient));
    Sums ofInput = new Sums(input.length);
    Sums ofWeights = new Sums(weights.length);
    forEachTerm(
        geometry,
        samples,
        (in, weight, out) -> {
          ofInput.add(in, (double) gradient[out] * weights[weight]);
          ofWeights.add(weight, (double) gradient[out] * input[in]);
        });
    ofInput.assertClose(inputGradient, units(convolution));
    ofWeights.assertClose(weightGradient, units(convolution));
    assertArrayEquals(
        weightGradient,
        convolution.backward(
            FloatBuffer.wrap(input), FloatBuffer.wrap(gradient), samples, weights, null),
        "without the gradient of the input");
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void shouldGiveTheSameBitsWithAnyThreads(ConvolutionGeometry geometry) throws Exception {
    int samples = 19;
    float[] input = normal(samples * geometry.inputs());
    float[] weights = normal(geometry.outputs() * geometry.taps());
    float[] gradient = normal(samples * geometry.outputs() * geometry.positions());
    List<float[]> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 5}) {
      float[] output = new float[gradient.length];
      float[] estimate = new float[gradient.length];
      float[] inputGradient = new float[input.length];
      SeparatePool.run(
          threads,
          () -> {
            HostConvolution convolution = convolution(geometry);
            convolution.forward(
                FloatBuffer.wrap(input), samples, weights, FloatBuffer.wrap(output));
            convolution.estimate(
                FloatBuffer.wrap(input), samples, weights, FloatBuffer.wrap(estimate));
            return results.add(
                convolution.backward(
                    FloatBuffer.wrap(input),
                    FloatBuffer.wrap(gradient),
                    samples,
                    weights,
                    FloatBuffer.wrap(inputGradient)));
          });
      results.add(output);
      results.add(estimate);
      results.add(inputGradient);
    }
    for (int i = 4; i < results.size(); i++) {
      assertArrayEquals(results.get(i % 4), results.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void shouldGiveTheSameBitsWithVectorsOfAnyWidth(ConvolutionGeometry geometry) {
    ConvolutionAgreement.check(geometry);
  }

  /** Sums of small whole numbers are exact, and neurons compare them with their threshold. */
  @ParameterizedTest
  @MethodSource("geometries")
  void shouldConvolveExactlyWhereSumsAreExact(ConvolutionGeometry geometry) {
    int samples = 2;
    float[] input = whole(samples * geometry.inputs());
    float[] weights = whole(geometry.outputs() * geometry.taps());
    float[] output = new float[samples * geometry.outputs() * geometry.positions()];
    convolution(geometry)
        .forward(FloatBuffer.wrap(input), samples, weights, FloatBuffer.wrap(output));
    float[] expected = new float[output.length];
    forEachTerm(
        geometry, samples, (in, weight, out) -> expected[out] += input[in] * weights[weight]);
    assertArrayEquals(expected, output);
  }

  private float[] whole(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(9) - 4;
    }
    return values;
  }

  @Test
  void shouldChooseWinogradForManyChannels() {
    assertTrue(convolution(ConvolutionAgreement.square(64, 16, 128, 3, 1, 1)).isWinograd());
    assertFalse(convolution(ConvolutionAgreement.square(3, 32, 64, 3, 1, 1)).isWinograd());
    assertFalse(convolution(ConvolutionAgreement.square(64, 16, 128, 3, 2, 1)).isWinograd());
    assertTrue(convolution(ConvolutionAgreement.square(20, 14, 50, 5, 1, 2)).isWinograd());
    assertFalse(convolution(ConvolutionAgreement.square(1, 28, 20, 5, 1, 2)).isWinograd());
    assertFalse(convolution(ConvolutionAgreement.square(20, 14, 50, 5, 1, 5)).isWinograd());
  }

  @Test
  void shouldLeaveLargeImagesToProducts() {
    assertTrue(convolution(ConvolutionAgreement.square(16, 128, 16, 3, 1, 1)).isWinograd());
    assertFalse(convolution(ConvolutionAgreement.square(16, 129, 16, 3, 1, 1)).isWinograd());
  }

  @Test
  void shouldHaveNoneInPlainJava() {
    assertTrue(
        HostConvolution.of(
                ConvolutionAgreement.square(64, 16, 128, 3, 1, 1), Kernels.named("plain"))
            .isEmpty());
  }

  @FunctionalInterface
  private interface Term {
    void at(int input, int weight, int output);
  }

  private static void forEachTerm(ConvolutionGeometry g, int samples, Term term) {
    for (int s = 0; s < samples; s++) {
      for (int o = 0; o < g.outputs(); o++) {
        for (int y = 0; y < g.outputHeight(); y++) {
          for (int x = 0; x < g.outputWidth(); x++) {
            int out = ((s * g.outputs() + o) * g.outputHeight() + y) * g.outputWidth() + x;
            forEachTap(g, s, o, y, x, out, term);
          }
        }
      }
    }
  }

  private static void forEachTap(
      ConvolutionGeometry g, int s, int o, int y, int x, int out, Term term) {
    for (int c = 0; c < g.channels(); c++) {
      for (int i = 0; i < g.rows().kernel(); i++) {
        for (int j = 0; j < g.columns().kernel(); j++) {
          int row = y * g.rows().stride() + i - g.rows().padding();
          int column = x * g.columns().stride() + j - g.columns().padding();
          if (row >= 0 && row < g.height() && column >= 0 && column < g.width()) {
            int weight =
                ((o * g.channels() + c) * g.rows().kernel() + i) * g.columns().kernel() + j;
            term.at(((s * g.channels() + c) * g.height() + row) * g.width() + column, weight, out);
          }
        }
      }
    }
  }

  /** Sums in double precision, with those of magnitudes. */
  private static final class Sums {

    private final double[] sums;
    private final double[] magnitudes;

    Sums(int length) {
      sums = new double[length];
      magnitudes = new double[length];
    }

    void add(int at, double term) {
      sums[at] += term;
      magnitudes[at] += Math.abs(term);
    }

    void assertClose(float[] actual, double units) {
      // Winograd's errors are those of all values of a tile, so they are measured by the largest.
      double largest = 0;
      for (double magnitude : magnitudes) {
        largest = Math.max(largest, magnitude);
      }
      for (int i = 0; i < sums.length; i++) {
        int value = i;
        assertEquals(sums[i], actual[i], units * UNIT * largest, () -> "value " + value);
      }
    }
  }
}
