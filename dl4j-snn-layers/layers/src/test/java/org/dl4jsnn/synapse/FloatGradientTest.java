package org.dl4jsnn.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * In single precision the library's own convolutions and products compute gradients, where the
 * Vector API is there. ND4J's operations in double precision, which {@link SynapseContractTest}
 * proves, are what they are compared with: every size of kernel with every stride and dilation, and
 * channels that fill vectors and do not.
 */
class FloatGradientTest {

  private static final int SAMPLES = 3;

  /** A share of the largest number: rounding of sums, and of Winograd's transforms. */
  private static final double ROUNDING = 2e-5;

  record Case(String name, FeatureShape input, long[] weights, int outputs, Factory factory) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Factory {
    Synapse of(INDArray weights, INDArray bias);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int[] size : new int[][] {{1, 1}, {16, 16}, {40, 33}, {100, 17}, {257, 64}}) {
      FeatureShape input = FeatureShape.vector(size[0]);
      cases.add(
          new Case(
              "dense " + size[0] + " to " + size[1],
              input,
              new long[] {size[0], size[1]},
              size[1],
              (weights, bias) -> new DenseSynapse(input, weights, bias)));
    }
    int turn = 0;
    for (int kernel = 1; kernel <= 5; kernel++) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int dilation = 1; dilation <= 2; dilation++) {
          for (boolean same : new boolean[] {true, false}) {
            Window2D.Axis axis = new Window2D.Axis(kernel, stride, 0, dilation, same);
            // Rectangles, too.
            Window2D.Axis other = new Window2D.Axis(1 + turn % 5, stride, 0, 1, same);
            int[] channels = new int[][] {{16, 16}, {17, 32}, {32, 24}, {16, 40}}[turn++ % 4];
            cases.add(convolution(new Window2D(axis, axis), channels[0], channels[1]));
            cases.add(convolution(new Window2D(axis, other), channels[1], channels[0]));
          }
        }
      }
    }
    return cases.stream();
  }

  private static Case convolution(Window2D window, int inputs, int outputs) {
    FeatureShape input = FeatureShape.image(inputs, 11, 10);
    long[] shape = {outputs, inputs, window.rows().kernel(), window.columns().kernel()};
    return new Case(
        inputs + " to " + outputs + " channels, " + window,
        input,
        shape,
        outputs,
        (weights, bias) -> new ConvolutionSynapse(window, input, weights, bias));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldHaveTheGradientsOfDoublePrecision(Case c) {
    Random random = new Random(5);
    INDArray weights = normal(random, c.weights);
    INDArray bias = normal(random, c.outputs);
    INDArray flow = normal(random, c.input.arrayShape(SAMPLES));
    Map<String, INDArray> single = gradients(c, DataType.FLOAT, weights, bias, flow);
    gradients(c, DataType.DOUBLE, weights, bias, flow)
        .forEach((name, expected) -> assertClose(name, expected, single.get(name)));
  }

  private static INDArray normal(Random random, long... shape) {
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] values = new float[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(values, shape, 'c');
  }

  /** The gradients, the current and its estimate, in one precision. */
  private static Map<String, INDArray> gradients(
      Case c, DataType type, INDArray weights, INDArray bias, INDArray flow) {
    Synapse synapse = c.factory.of(weights.castTo(type), bias.castTo(type));
    INDArray typedFlow = flow.castTo(type);
    long[] shape = synapse.outputShape().arrayShape(SAMPLES);
    Map<String, INDArray> results = new LinkedHashMap<>();
    results.put("current", Nd4j.create(type, shape));
    results.put("estimate", Nd4j.create(type, shape));
    synapse.current(typedFlow, 2, results.get("current"));
    synapse.estimateCurrent(typedFlow, results.get("estimate"));
    INDArray gradient = normal(new Random(6), shape).castTo(type);
    results.put(Synapse.WEIGHT, Nd4j.create(type, c.weights));
    results.put(Synapse.BIAS, Nd4j.create(type, c.outputs));
    results.put(
        "input", synapse.backprop(typedFlow, gradient, results, LayerWorkspaceMgr.noWorkspaces()));
    Map<String, INDArray> parametersAlone = new LinkedHashMap<>();
    parametersAlone.put(Synapse.WEIGHT, Nd4j.create(type, c.weights));
    parametersAlone.put(Synapse.BIAS, Nd4j.create(type, c.outputs));
    synapse.backpropParameters(typedFlow, gradient, parametersAlone);
    parametersAlone.forEach((name, array) -> results.put(name + " alone", array));
    return results;
  }

  private static void assertClose(String name, INDArray expected, INDArray actual) {
    double largest = 1 + expected.amaxNumber().doubleValue();
    double difference = expected.sub(actual.castTo(DataType.DOUBLE)).amaxNumber().doubleValue();
    assertEquals(0, difference, ROUNDING * largest, name);
  }
}
