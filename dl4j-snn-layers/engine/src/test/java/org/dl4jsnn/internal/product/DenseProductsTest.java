package org.dl4jsnn.internal.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.internal.convolve.PlainDenseKernels;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The products of a fully connected layer against plain loops in double precision. */
class DenseProductsTest {

  /** Errors of both signs, in units of 2⁻²⁴ times the sum of the magnitudes of all terms. */
  private static final double UNITS = 8;

  private final Random random = new Random(3);

  private int samples;
  private int inputs;
  private int outputs;
  private float[] input;
  private float[] weights;
  private float[] gradient;

  @BeforeEach
  void requireTheVectorModule() {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
  }

  /** What the products give: currents, the gradient of the input, that of the weights. */
  private record Products(float[] currents, float[] inputGradient, float[] weightGradient) {}

  private void draw(int samples, int inputs, int outputs) {
    this.samples = samples;
    this.inputs = inputs;
    this.outputs = outputs;
    input = normal(samples * inputs);
    weights = normal(inputs * outputs);
    gradient = normal(samples * outputs);
  }

  private float[] normal(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private Products products(KernelProvider kernels) {
    DenseProducts dense = DenseProducts.of(inputs, outputs, kernels).orElseThrow();
    FloatBuffer of = FloatBuffer.wrap(input);
    FloatBuffer with = FloatBuffer.wrap(weights);
    FloatBuffer delta = FloatBuffer.wrap(gradient);
    Products products =
        new Products(
            new float[samples * outputs], new float[samples * inputs], new float[inputs * outputs]);
    dense.forward(of, samples, with, FloatBuffer.wrap(products.currents));
    dense.backward(delta, samples, with, FloatBuffer.wrap(products.inputGradient));
    dense.weightGradient(of, delta, samples, FloatBuffer.wrap(products.weightGradient));
    return products;
  }

  /** Sizes around those of blocks and panels, and more terms than are multiplied at once. */
  @ParameterizedTest(name = "{0} samples, {1} → {2}")
  @CsvSource({
    "1, 1, 1",
    "3, 7, 5",
    "8, 32, 16",
    "9, 33, 65",
    "64, 300, 40",
    "5, 40, 700",
    "2, 256, 3",
    "2, 257, 3",
    "2, 512, 3",
    "270, 9, 33",
    "1030, 3, 2"
  })
  void shouldMultiplyAsByDefinition(int samples, int inputs, int outputs) {
    draw(samples, inputs, outputs);
    fillScratchWithNans();
    Products products = products(Kernels.named("vector"));
    for (int s = 0; s < samples; s++) {
      for (int o = 0; o < outputs; o++) {
        Sum sum = new Sum();
        for (int i = 0; i < inputs; i++) {
          sum.add(input[s * inputs + i], weights[i * outputs + o]);
        }
        sum.assertClose(products.currents[s * outputs + o]);
      }
      for (int i = 0; i < inputs; i++) {
        Sum sum = new Sum();
        for (int o = 0; o < outputs; o++) {
          sum.add(gradient[s * outputs + o], weights[i * outputs + o]);
        }
        sum.assertClose(products.inputGradient[s * inputs + i]);
      }
    }
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs; o++) {
        Sum sum = new Sum();
        for (int s = 0; s < samples; s++) {
          sum.add(input[s * inputs + i], gradient[s * outputs + o]);
        }
        sum.assertClose(products.weightGradient[i * outputs + o]);
      }
    }
  }

  /** Runs the same sizes and leaves arrays that are not a number to the next one. */
  private void fillScratchWithNans() {
    products(Kernels.named("vector"));
    for (float[] values : List.of(input, weights, gradient)) {
      float[] kept = values.clone();
      Arrays.fill(values, Float.NaN);
      products(Kernels.named("vector"));
      System.arraycopy(kept, 0, values, 0, kept.length);
    }
  }

  private static final class Sum {

    private double value;
    private double magnitude;

    void add(float a, float b) {
      value += (double) a * b;
      magnitude += Math.abs((double) a * b);
    }

    void assertClose(float actual) {
      assertEquals(value, actual, UNITS * Math.pow(2, -24) * magnitude);
    }
  }

  @ParameterizedTest(name = "blocks of {0} × {1}")
  @CsvSource({"1, 1", "4, 8", "6, 16", "8, 32", "5, 24"})
  void shouldNotDependOnTheSizeOfBlocks(int rows, int columns) {
    draw(13, 290, 70);
    assertSame(products(Kernels.named("vector")), products(new PlainDenseKernels(rows, columns)));
  }

  @ParameterizedTest(name = "{0} threads")
  @CsvSource({"1", "3", "8"})
  void shouldNotDependOnThreads(int threads) throws Exception {
    draw(65, 290, 70);
    Products here = products(Kernels.named("vector"));
    assertSame(here, SeparatePool.run(threads, () -> products(Kernels.named("vector"))));
  }

  private static void assertSame(Products expected, Products actual) {
    assertArrayEquals(expected.currents, actual.currents);
    assertArrayEquals(expected.inputGradient, actual.inputGradient);
    assertArrayEquals(expected.weightGradient, actual.weightGradient);
  }
}
