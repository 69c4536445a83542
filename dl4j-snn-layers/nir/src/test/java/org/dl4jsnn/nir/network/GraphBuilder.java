package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/** Graphs of tests, with weights whose sums are the same in any order. */
public final class GraphBuilder {

  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final List<NirGraph.Edge> edges = new ArrayList<>();
  private final Random random = new Random(9);

  public GraphBuilder node(String name, NirNode node, String... sources) {
    nodes.put(name, node);
    for (String source : sources) {
      edge(source, name);
    }
    return this;
  }

  public GraphBuilder edge(String from, String to) {
    edges.add(new NirGraph.Edge(from, to));
    return this;
  }

  public NirGraph build() {
    return new NirGraph(nodes, edges);
  }

  NirTensor random(double mean, int... shape) {
    float[] values = NirTensor.full(shape, 0).values();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(16 * (random.nextGaussian() * 0.5 + mean)) / 16f;
    }
    return NirTensor.of(shape, values);
  }

  NirPlumbing.Delay delay(IntUnaryOperator steps, int... shape) {
    float[] seconds = NirTensor.full(shape, 0).values();
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = (float) (steps.applyAsInt(i) * 1e-3);
    }
    return new NirPlumbing.Delay(NirTensor.of(shape, seconds));
  }

  NirWeights.Affine affine(int nOut, int nIn) {
    return new NirWeights.Affine(random(0.1, nOut, nIn), random(0, nOut));
  }

  NirWeights.Linear linear(int nOut, int nIn) {
    return new NirWeights.Linear(random(0.1, nOut, nIn));
  }

  NirWeights.Conv2d convolution(int nOut, int nIn, int kernel, NirWeights.Axis axis, int groups) {
    return new NirWeights.Conv2d(
        0, 0, random(0, nOut, nIn / groups, kernel, kernel), random(0, nOut), axis, axis, groups);
  }

  /** Factors that are the same for all numbers. */
  public static NirWeights.Scale scale(float factor, int... shape) {
    return new NirWeights.Scale(NirTensor.full(shape, factor));
  }

  public static NirWeights.Linear linear(float weight, int nOut, int nIn) {
    return new NirWeights.Linear(NirTensor.full(new int[] {nOut, nIn}, weight));
  }

  /** Nodes one after another: "input", "node" and "output". */
  public static NirGraph chain(NirNode input, NirNode node, NirNode output) {
    return new GraphBuilder()
        .node("input", input)
        .node("node", node, "input")
        .node("output", output, "node")
        .build();
  }

  static NirNeurons.IF neurons(int... shape) {
    return new NirNeurons.IF(
        NirTensor.full(shape, 1), NirTensor.full(shape, 1), NirTensor.full(shape, 0));
  }

  /** Half of the membrane is kept, at a time step of 1 ms in Euler's form. */
  static NirNeurons.LIF leaky(int... shape) {
    return new NirNeurons.LIF(
        NirTensor.full(shape, 1f / 512),
        NirTensor.full(shape, 1),
        NirTensor.full(shape, 0),
        NirTensor.full(shape, 1),
        NirTensor.full(shape, 0));
  }

  static NirPlumbing.Window window(int kernel, int stride) {
    return new NirPlumbing.Window(kernel, stride, 0);
  }

  static NirPlumbing.SumPool2d sumPool(int kernel, int stride) {
    return new NirPlumbing.SumPool2d(window(kernel, stride), window(kernel, stride));
  }

  static NirPlumbing.AvgPool2d averagePool(int kernel, int stride) {
    return new NirPlumbing.AvgPool2d(window(kernel, stride), window(kernel, stride));
  }

  static NirPlumbing.Flatten flatten(int... shape) {
    return new NirPlumbing.Flatten(shape, 0, -1);
  }
}
