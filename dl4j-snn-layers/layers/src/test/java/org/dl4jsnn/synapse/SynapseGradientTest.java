package org.dl4jsnn.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A synapse is linear, so that its gradients are exact where they satisfy, for random flow x,
 * weights W and gradient g: ⟨g, W·x + b⟩ = ⟨∂W, W⟩ + ⟨∂b, b⟩ and ⟨g, W·x⟩ = ⟨∂x, x⟩, for every
 * direction.
 */
class SynapseGradientTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 10, 9);

  /** A synapse over any weights. */
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
    cases.add(
        new Case(
            "dense",
            IMAGE,
            new long[] {IMAGE.neurons(), 7},
            7,
            (weights, bias) -> new DenseSynapse(IMAGE, weights, bias)));
    Random random = new Random(1);
    while (cases.size() < 60) {
      boolean same = random.nextBoolean();
      Window2D window = new Window2D(axis(random, same), axis(random, same));
      if (window.rows().extent() <= 9 && window.columns().extent() <= 9) {
        cases.add(convolution(window));
      }
    }
    cases.add(convolution(new Window2D(wide(), wide())));
    cases.add(convolution(new Window2D(even(), even())));
    while (cases.size() < 91) {
      boolean same = random.nextBoolean();
      Window2D window = new Window2D(axis(random, same), axis(random, same));
      if (window.rows().extent() <= 9 && window.columns().extent() <= 9) {
        cases.add(depthwise(window, 1 + random.nextInt(3)));
      }
    }
    cases.add(depthwise(new Window2D(wide(), wide()), 2));
    cases.add(depthwise(new Window2D(even(), even()), 2));
    return cases.stream();
  }

  private static Window2D.Axis axis(Random random, boolean same) {
    return new Window2D.Axis(
        1 + random.nextInt(5),
        1 + random.nextInt(6),
        same ? 0 : random.nextInt(3),
        1 + random.nextInt(3),
        same);
  }

  /** A stride far above the kernel. */
  private static Window2D.Axis wide() {
    return new Window2D.Axis(2, 12, 0, 1, true);
  }

  /** Padded at one end only. */
  private static Window2D.Axis even() {
    return new Window2D.Axis(2, 1, 0, 1, true);
  }

  private static Case convolution(Window2D window) {
    long[] shape = {4, IMAGE.channels(), window.rows().kernel(), window.columns().kernel()};
    return new Case(
        window.toString(),
        IMAGE,
        shape,
        4,
        (weights, bias) -> new ConvolutionSynapse(window, IMAGE, weights, bias));
  }

  private static Case depthwise(Window2D window, int multiplier) {
    int outputs = multiplier * IMAGE.channels();
    return new Case(
        "depthwise, " + window,
        IMAGE,
        new long[] {outputs, 1, window.rows().kernel(), window.columns().kernel()},
        outputs,
        (weights, bias) -> new DepthwiseSynapse(window, IMAGE, weights, bias));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldBeTheAdjointInEveryDirection(Case c) {
    INDArray weights = Nd4j.randn(DataType.DOUBLE, c.weights);
    INDArray bias = Nd4j.randn(DataType.DOUBLE, c.outputs);
    INDArray flow = Nd4j.randn(DataType.DOUBLE, c.input.arrayShape(2));
    Synapse synapse = c.factory.of(weights, bias);
    INDArray gradient = Nd4j.randn(DataType.DOUBLE, synapse.outputShape().arrayShape(2));
    Map<String, INDArray> parameterGradients = new LinkedHashMap<>();
    parameterGradients.put(Synapse.WEIGHT, Nd4j.create(DataType.DOUBLE, c.weights));
    parameterGradients.put(Synapse.BIAS, Nd4j.create(DataType.DOUBLE, c.outputs));
    INDArray inputGradient =
        synapse.backprop(flow, gradient, parameterGradients, LayerWorkspaceMgr.noWorkspaces());

    for (int direction = 0; direction < 3; direction++) {
      INDArray otherWeights = Nd4j.randn(DataType.DOUBLE, c.weights);
      INDArray otherBias = Nd4j.randn(DataType.DOUBLE, c.outputs);
      assertSame(
          dot(gradient, current(c.factory.of(otherWeights, otherBias), flow)),
          dot(parameterGradients.get(Synapse.WEIGHT), otherWeights)
              + dot(parameterGradients.get(Synapse.BIAS), otherBias));
      INDArray otherFlow = Nd4j.randn(DataType.DOUBLE, flow.shape());
      assertSame(
          dot(gradient, current(c.factory.of(weights, null), otherFlow)),
          dot(inputGradient, otherFlow));
    }
  }

  @ParameterizedTest
  @MethodSource("pools")
  void shouldBeTheAdjointOfPooling(Window2D window) {
    Synapse synapse = new AverageSynapse(new PoolingWindows(window, IMAGE));
    INDArray flow = Nd4j.randn(DataType.DOUBLE, IMAGE.arrayShape(2));
    INDArray gradient = Nd4j.randn(DataType.DOUBLE, synapse.outputShape().arrayShape(2));
    INDArray inputGradient =
        synapse.backprop(flow, gradient, Map.of(), LayerWorkspaceMgr.noWorkspaces());
    assertSame(dot(gradient, current(synapse, flow)), dot(inputGradient, flow));
  }

  static Stream<Window2D> pools() {
    return Stream.of(new int[] {2, 2}, new int[] {3, 1}, new int[] {2, 3})
        .map(k -> new Window2D.Axis(k[0], k[1], 0, 1, false))
        .map(axis -> new Window2D(axis, axis));
  }

  private static INDArray current(Synapse synapse, INDArray flow) {
    INDArray current = Nd4j.create(DataType.DOUBLE, synapse.outputShape().arrayShape(2));
    synapse.current(flow, 1, current);
    return current;
  }

  private static double dot(INDArray a, INDArray b) {
    assertTrue(a.length() == b.length());
    return a.reshape(a.length()).mul(b.reshape(b.length())).sumNumber().doubleValue();
  }

  private static void assertSame(double expected, double actual) {
    assertEquals(expected, actual, 1e-7 * (1 + Math.abs(expected)));
  }
}
