package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loops of accumulated flow against their definition, and both kinds against each other. */
class FlowKernelTest {

  private static final int FIRST = 5;

  private final Random random = new Random(3);
  private final FlowKernel plain = Kernels.named("plain").flowKernel();

  private float[] inputs(int neurons) {
    float[] in = new float[neurons];
    for (int i = 0; i < neurons; i++) {
      in[i] = random.nextInt(5) == 0 ? 0 : (float) (3 * random.nextGaussian());
    }
    return in;
  }

  private float[] outputs(int neurons) {
    float[] out = new float[FIRST + neurons];
    for (int i = 0; i < out.length; i++) {
      out[i] = random.nextInt(4);
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 31, 32, 33, 64, 100, 511, 512, 513, 1030})
  void shouldGateAndSum(int neurons) {
    float[] in = inputs(neurons);
    float[] out = outputs(neurons);
    int[] gate = new int[FlowKernel.words(neurons)];
    plain.gate(in, neurons, gate);
    float[] gradient = inputs(neurons);
    float[] gated = gradient.clone();
    plain.apply(gate, 0.3f, gated, neurons);
    double sumIn = 0;
    double sumOut = 0;
    double all = 0;
    for (int i = 0; i < neurons; i++) {
      assertEquals(in[i] > 0 ? 0.3f * gradient[i] : 0, gated[i]);
      sumIn += in[i] >= out[FIRST + i] ? in[i] : 0;
      sumOut += in[i] >= out[FIRST + i] ? out[FIRST + i] : 0;
      all += out[FIRST + i];
    }
    double[] sums = plain.sums(in, out, FIRST, neurons, false);
    assertEquals(sumIn, sums[0], 1e-6 * neurons);
    assertEquals(sumOut, sums[1]);
    assertEquals(all, plain.sums(in, out, FIRST, neurons, true)[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 31, 32, 33, 64, 100, 511, 512, 513, 1030})
  void shouldGiveTheSameBitsInBothKernels(int neurons) {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
    FlowKernel vector = Kernels.named("vector").flowKernel();
    float[] in = inputs(neurons);
    float[] out = outputs(neurons);
    int[] expectedGate = new int[FlowKernel.words(neurons)];
    int[] gate = new int[FlowKernel.words(neurons)];
    plain.gate(in, neurons, expectedGate);
    vector.gate(in, neurons, gate);
    assertArrayEquals(expectedGate, gate);
    float[] expected = inputs(neurons);
    float[] gradient = expected.clone();
    plain.apply(gate, -1.7f, expected, neurons);
    vector.apply(gate, -1.7f, gradient, neurons);
    assertArrayEquals(expected, gradient);
    for (boolean all : new boolean[] {false, true}) {
      assertArrayEquals(
          plain.sums(in, out, FIRST, neurons, all), vector.sums(in, out, FIRST, neurons, all));
    }
  }
}
