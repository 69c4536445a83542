package org.dl4jsnn.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.SynapseContract.Definition;
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

  static Stream<Definition> cases() {
    List<Definition> cases = new ArrayList<>();
    for (int[] size : new int[][] {{1, 1}, {16, 16}, {40, 33}, {100, 17}, {257, 64}}) {
      FeatureShape input = FeatureShape.vector(size[0]);
      cases.add(
          new Definition(
              "dense " + size[0] + " to " + size[1],
              input,
              shapes(size[1], size[0], size[1]),
              p -> new DenseSynapse(input, p.get(Synapse.WEIGHT), p.get(Synapse.BIAS))));
    }
    for (int[] w :
        new int[][] {
          {2, 2, 2, 2},
          {3, 2, 3, 2},
          {3, 3, 3, 3},
          {2, 2, 3, 1},
          {2, 3, 2, 4},
          {3, 2, 2, 2},
          {1, 1, 1, 1},
          {9, 9, 7, 7}
        }) {
      cases.add(
          average(
              new Window2D(
                  new Window2D.Axis(w[0], w[1], 0, 1, false),
                  new Window2D.Axis(w[2], w[3], 0, 1, false))));
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

  private static Definition convolution(Window2D window, int inputs, int outputs) {
    FeatureShape input = FeatureShape.image(inputs, 11, 10);
    return new Definition(
        inputs + " to " + outputs + " channels, " + window,
        input,
        shapes(outputs, outputs, inputs, window.rows().kernel(), window.columns().kernel()),
        p -> new ConvolutionSynapse(window, input, p.get(Synapse.WEIGHT), p.get(Synapse.BIAS)));
  }

  private static Definition average(Window2D window) {
    FeatureShape input = FeatureShape.image(2, 9, 7);
    PoolingWindows windows = new PoolingWindows(window, input);
    return new Definition("average, " + window, input, Map.of(), p -> new AverageSynapse(windows));
  }

  private static Map<String, long[]> shapes(int outputs, long... weights) {
    return Map.of(Synapse.WEIGHT, weights, Synapse.BIAS, new long[] {outputs});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldHaveTheGradientsOfDoublePrecision(Definition definition) {
    Map<String, INDArray> single = gradients(definition, DataType.FLOAT);
    gradients(definition, DataType.DOUBLE)
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

  /** The gradients, the current and its estimate of the same numbers, in one precision. */
  private static Map<String, INDArray> gradients(Definition definition, DataType type) {
    Random random = new Random(5);
    Map<String, INDArray> parameters = new TreeMap<>();
    new TreeMap<>(definition.parameters())
        .forEach((key, size) -> parameters.put(key, normal(random, size).castTo(type)));
    INDArray flow = normal(random, definition.input().arrayShape(SAMPLES)).castTo(type);
    Synapse synapse = definition.synapse().apply(parameters);
    long[] shape = synapse.outputShape().arrayShape(SAMPLES);
    Map<String, INDArray> results = new LinkedHashMap<>();
    results.put("current", Nd4j.create(type, shape));
    results.put("estimate", Nd4j.create(type, shape));
    synapse.current(flow, 2, results.get("current"));
    synapse.estimateCurrent(flow, results.get("estimate"));
    INDArray gradient = normal(new Random(6), shape).castTo(type);
    results.putAll(like(parameters));
    results.put(
        "input", synapse.backprop(flow, gradient, results, LayerWorkspaceMgr.noWorkspaces()));
    Map<String, INDArray> parametersAlone = like(parameters);
    synapse.backpropParameters(flow, gradient, parametersAlone);
    parametersAlone.forEach((name, array) -> results.put(name + " alone", array));
    return results;
  }

  private static Map<String, INDArray> like(Map<String, INDArray> parameters) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((key, array) -> arrays.put(key, array.like()));
    return arrays;
  }

  private static void assertClose(String name, INDArray expected, INDArray actual) {
    double largest = 1 + expected.amaxNumber().doubleValue();
    double difference = expected.sub(actual.castTo(DataType.DOUBLE)).amaxNumber().doubleValue();
    assertEquals(0, difference, ROUNDING * largest, name);
  }
}
