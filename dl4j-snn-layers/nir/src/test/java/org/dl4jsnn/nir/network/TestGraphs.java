package org.dl4jsnn.nir.network;

import static org.dl4jsnn.nir.network.GraphBuilder.averagePool;
import static org.dl4jsnn.nir.network.GraphBuilder.flatten;
import static org.dl4jsnn.nir.network.GraphBuilder.leaky;
import static org.dl4jsnn.nir.network.GraphBuilder.neurons;
import static org.dl4jsnn.nir.network.GraphBuilder.sumPool;

import java.util.function.UnaryOperator;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/** Graphs of all kinds that map. */
enum TestGraphs {
  DENSE(
      builder ->
          eightOfSix(builder)
              .node("if1", neurons(8), "fc1")
              .node("fc2", new NirWeights.Linear(builder.random(0.5, 5, 8)), "if1")
              .node("lif2", leaky(5), "fc2")
              .node("output", new NirPlumbing.Output(5), "lif2")),

  /** Weights without neurons in between, factors in front of them and behind. */
  LINEAR_CHAIN(
      builder ->
          builder
              .node("input", new NirPlumbing.Input(6))
              .node("scale0", new NirWeights.Scale(builder.random(1, 6)), "input")
              .node(
                  "fc1",
                  new NirWeights.Affine(builder.random(0.4, 8, 6), builder.random(0, 8)),
                  "scale0")
              .node("scale1", new NirWeights.Scale(builder.random(1, 8)), "fc1")
              .node("fc2", new NirWeights.Linear(builder.random(0.5, 5, 8)), "scale1")
              .node("if1", neurons(5), "fc2")
              .node("scale2", new NirWeights.Scale(builder.random(1, 5)), "if1")
              .node("if2", neurons(5), "scale2")
              .node("output", new NirPlumbing.Output(5), "if2")),

  /** Stride, padding, dilation and groups; all kinds of pooling in all places. */
  IMAGES(
      builder -> {
        NirWeights.Axis strided = new NirWeights.Axis(2, 2, 1);
        NirWeights.Axis dilated = new NirWeights.Axis(1, 2, 2);
        NirWeights.Axis same = new NirWeights.Axis(1, NirWeights.Axis.SAME, 1);
        return builder
            .node("input", new NirPlumbing.Input(2, 13, 13))
            .node("conv1", builder.convolution(4, 2, 5, strided, 1), "input")
            .node("if1", neurons(4, 7, 7), "conv1")
            .node("conv2", builder.convolution(8, 4, 3, dilated, 4), "if1")
            .node("if2", neurons(8, 7, 7), "conv2")
            .node("conv3", builder.convolution(6, 8, 3, same, 2), "if2")
            .node("pool3", averagePool(2, 1), "conv3")
            .node("if3", neurons(6, 6, 6), "pool3")
            .node("pool4", averagePool(2, 2), "if3")
            .node("if4", neurons(6, 3, 3), "pool4")
            .node("pool5", sumPool(2, 1), "if4")
            .node("scale5", GraphBuilder.scale(0.5f, 6, 2, 2), "pool5")
            .node("flatten", flatten(6, 2, 2), "scale5")
            .node("fc", builder.affine(7, 24), "flatten")
            .node("if5", neurons(7), "fc")
            .node("output", new NirPlumbing.Output(7), "if5");
      }),

  ROWS(
      builder -> {
        NirWeights.Conv1d row =
            new NirWeights.Conv1d(
                0,
                builder.random(0.1, 4, 2, 3),
                builder.random(0, 4),
                new NirWeights.Axis(2, 1, 1),
                1);
        return builder
            .node("input", new NirPlumbing.Input(2, 11))
            .node("conv", row, "input")
            .node("if1", neurons(4, 6), "conv")
            .node("flatten", flatten(4, 6), "if1")
            .node("fc", builder.affine(5, 24), "flatten")
            .node("if2", neurons(5), "fc")
            .node("output", new NirPlumbing.Output(5), "if2");
      }),

  /** A cycle in the graph, as in the files of the NIR paper. */
  FLAT_CYCLE(
      builder ->
          eightOfSix(builder)
              .node("lif1.lif", leaky(8), "fc1")
              .node("lif1.w_rec", builder.linear(8, 8), "lif1.lif")
              .edge("lif1.w_rec", "lif1.lif")
              .node("fc2", builder.affine(5, 8), "lif1.lif")
              .node("if2", neurons(5), "fc2")
              .node("output", new NirPlumbing.Output(5), "if2")),

  /** A cycle in a graph in the graph, and neurons that reach themselves one by one. */
  NESTED_CYCLE(
      builder -> {
        GraphBuilder inner = new GraphBuilder();
        inner
            .node("input", new NirPlumbing.Input(8))
            .node("lif", leaky(8), "input")
            .node("w_rec", inner.linear(8, 8), "lif")
            .edge("w_rec", "lif")
            .node("output", new NirPlumbing.Output(8), "lif");
        return eightOfSix(builder)
            .node("rec", inner.build(), "fc1")
            .node("fc2", builder.affine(5, 8), "rec")
            .node("if2", neurons(5), "fc2")
            .node("back", new NirWeights.Scale(builder.random(-0.5, 5)), "if2")
            .edge("back", "if2")
            .node("output", new NirPlumbing.Output(5), "if2");
      }),

  /** A residual block, and branches that meet in weights. */
  BRANCHES(
      builder -> {
        NirWeights.Axis same = new NirWeights.Axis(1, 1, 1);
        return builder
            .node("input", new NirPlumbing.Input(3, 6, 6))
            .node("conv1", builder.convolution(3, 3, 3, same, 1), "input")
            .node("if1", neurons(3, 6, 6), "conv1")
            .node("conv2", builder.convolution(3, 3, 3, same, 1), "if1")
            .node("if2", neurons(3, 6, 6), "conv2", "input")
            .node("conv3", builder.convolution(4, 3, 3, same, 1), "if1", "if2")
            .node("if3", neurons(4, 6, 6), "conv3")
            .node("flat3", flatten(4, 6, 6), "if3")
            .node("flat2", flatten(3, 6, 6), "if2")
            .node("a", builder.linear(5, 144), "flat3")
            .node("b", builder.affine(5, 108), "flat2")
            .node("if4", neurons(5), "a", "b")
            .node("output", new NirPlumbing.Output(5), "if4");
      }),

  /** Spikes of other sizes, through other windows, reach the same neurons; some only flattened. */
  SIZES(
      builder -> {
        NirWeights.Axis same = new NirWeights.Axis(1, 1, 1);
        NirWeights.Axis half = new NirWeights.Axis(2, 1, 1);
        return builder
            .node("input", new NirPlumbing.Input(2, 4, 4))
            .node("conv1", builder.convolution(3, 2, 3, half, 1), "input")
            .node("if1", neurons(3, 2, 2), "conv1")
            .node("conv2", builder.convolution(3, 3, 3, same, 1), "if1")
            .node("short", builder.convolution(3, 2, 1, new NirWeights.Axis(2, 0, 1), 1), "input")
            .node("if2", neurons(3, 2, 2), "conv2", "short")
            .node("flat1", flatten(2, 4, 4), "input")
            .node("a", builder.linear(12, 32), "flat1")
            .node("flat2", flatten(3, 2, 2), "if2")
            .node("if3", neurons(12), "a", "flat2")
            .node("output", new NirPlumbing.Output(12), "if3");
      }),

  /** Delays of every neuron behind spikes, and equal ones behind features and weights. */
  DELAYS(
      builder ->
          builder
              .node("input", new NirPlumbing.Input(2, 4, 4))
              .node("delay0", builder.delay(i -> 1, 2, 4, 4), "input")
              .node(
                  "conv1",
                  new NirWeights.Conv2d(
                      0,
                      0,
                      builder.random(0.1, 3, 2, 3, 3),
                      NirTensor.full(new int[] {3}, 0),
                      new NirWeights.Axis(1, 1, 1),
                      new NirWeights.Axis(1, 1, 1),
                      1),
                  "delay0")
              .node("delay1", builder.delay(i -> 2, 3, 4, 4), "conv1")
              .node("if1", neurons(3, 4, 4), "delay1")
              .node("pool1", sumPool(2, 2), "if1")
              .node("scale1", GraphBuilder.scale(0.5f, 3, 2, 2), "pool1")
              .node("delay2", builder.delay(i -> i % 4, 3, 2, 2), "scale1")
              .node("flatten", flatten(3, 2, 2), "delay2")
              .node("fc2", builder.affine(8, 12), "flatten")
              .node("lif2", leaky(8), "fc2")
              .node("delay3", builder.delay(i -> i % 3, 8), "lif2")
              .node("fc3", builder.linear(5, 8), "delay3")
              .node("if3", neurons(5), "fc3")
              .node("output", new NirPlumbing.Output(5), "if3")),

  THRESHOLD(
      builder ->
          eightOfSix(builder)
              .node(
                  "threshold", new NirNeurons.Threshold(NirTensor.full(new int[] {8}, 0.5f)), "fc1")
              .node("output", new NirPlumbing.Output(8), "threshold"));

  private final UnaryOperator<GraphBuilder> nodes;

  TestGraphs(UnaryOperator<GraphBuilder> nodes) {
    this.nodes = nodes;
  }

  NirGraph graph() {
    return nodes.apply(new GraphBuilder()).build();
  }

  /** Six inputs, and weights to eight neurons. */
  private static GraphBuilder eightOfSix(GraphBuilder builder) {
    return builder
        .node("input", new NirPlumbing.Input(6))
        .node("fc1", builder.affine(8, 6), "input");
  }

  /** The shape of a step of the input. */
  int[] inputShape() {
    return ((NirPlumbing.Input) graph().nodes().get("input")).shape();
  }
}
