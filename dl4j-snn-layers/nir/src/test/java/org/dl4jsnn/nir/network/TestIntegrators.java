package org.dl4jsnn.nir.network;

import java.util.function.BiFunction;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/** Graphs that end in integrators with different time constants. */
enum TestIntegrators {
  LEAKY((membrane, r) -> new NirNeurons.LI(membrane, r, full(0))),
  SYNAPTIC(
      (membrane, r) ->
          new NirNeurons.CubaLI(
              vector(0.003f, 0.008f, 0.002f), membrane, r, full(0), vector(1, 0.75f, 2)));

  /** By their time constants, in seconds (in the dialect of sinabs, in steps), and r. */
  private final BiFunction<NirTensor, NirTensor, NirNeurons> neurons;

  TestIntegrators(BiFunction<NirTensor, NirTensor, NirNeurons> neurons) {
    this.neurons = neurons;
  }

  private static NirTensor vector(float... values) {
    return NirTensor.of(new int[] {values.length}, values);
  }

  private static NirTensor full(float value) {
    return NirTensor.full(new int[] {3}, value);
  }

  /** With a bias and a scale in front of the integrators, called membranes. */
  NirGraph graph(float r) {
    GraphBuilder builder = new GraphBuilder();
    return builder
        .node("input", new NirPlumbing.Input(6))
        .node("fc1", builder.affine(8, 6), "input")
        .node("if1", new NirNeurons.Threshold(NirTensor.full(new int[] {8}, 0.5f)), "fc1")
        .node("fc2", builder.affine(3, 8), "if1")
        .node("scale", new NirWeights.Scale(builder.random(1, 3)), "fc2")
        .node("membranes", neurons.apply(vector(0.004f, 0.002f, 0.02f), full(r)), "scale")
        .node("output", new NirPlumbing.Output(3), "membranes")
        .build();
  }
}
