package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.Require;

/**
 * Runs a graph step by step, without Deeplearning4j, as the program of a dialect does.
 *
 * <pre>
 *  input of a step ─► every node once, in the order of {@link FlatGraph} ─► output of the step
 *                       ▲                                        │
 *                       └── edges of cycles: the step before ◄───┘
 * </pre>
 *
 * All nodes run within a step, so that a layer answers at once; where several edges reach a node it
 * is given their sum. Of a cycle, one edge is late by a step, and carries 0 at the first one, in
 * the dialect of snnTorch what its node gives for no spikes. Sums are added in increasing order of
 * inputs, the bias last, in single precision.
 *
 * <p>State is kept from call to call: a window in pieces gives what it gives as a whole. Not safe
 * for threads; any number of simulations may run a graph.
 */
public final class NirSimulation {

  private final FlatGraph graph;
  private final NodeShapes shapes;
  private final NirDialect dialect;
  private final Map<String, StepNode> steps = new LinkedHashMap<>();
  private final Map<String, float[]> outputs = new LinkedHashMap<>();
  private final Map<String, float[]> inputs = new LinkedHashMap<>();

  private NirSimulation(NirGraph graph, NirDialect dialect) {
    this.graph = FlatGraph.of(Require.given("graph", graph));
    this.dialect = Require.given("dialect", dialect);
    this.shapes = NodeShapes.of(this.graph);
    for (String name : this.graph.order()) {
      NirNode node = this.graph.node(name);
      steps.put(name, StepNodes.of(name, node, shapes.into(name), dialect));
      outputs.put(name, new float[StepNodes.count(shapes.of(name))]);
      inputs.put(name, new float[StepNodes.count(shapes.into(name))]);
    }
    reset();
  }

  /**
   * A simulation before its first step.
   *
   * @param graph the graph, with one input and one output
   * @param dialect as which program to run it
   * @return the simulation
   * @throws NirRefusedException if a node does not fit what reaches it, is not reached, or if the
   *     dialect has no equation for it
   * @throws IllegalArgumentException if there is not one input and one output
   */
  public static NirSimulation of(NirGraph graph, NirDialect dialect) {
    return new NirSimulation(graph, dialect);
  }

  /**
   * The shape of the input of a step.
   *
   * @return sizes of the axes
   */
  public int[] inputShape() {
    return shapes.of(graph.input());
  }

  /**
   * The shape of the output of a step.
   *
   * @return sizes of the axes
   */
  public int[] outputShape() {
    return shapes.of(graph.output());
  }

  /**
   * Names of all nodes in the order in which they run; those in graphs as {@code graph/node}.
   *
   * @return the names
   */
  public List<String> order() {
    return graph.order();
  }

  /**
   * The shape of what a node gives.
   *
   * @param node its name, as {@link #order} has it
   * @return sizes of the axes
   * @throws IllegalArgumentException if there is no such node
   */
  public int[] shape(String node) {
    requireNode(node);
    return shapes.of(node);
  }

  /**
   * What a node gave at the last step.
   *
   * @param node its name, as {@link #order} has it
   * @return a copy, in order c; zeros before the first step
   * @throws IllegalArgumentException if there is no such node
   */
  public float[] output(String node) {
    requireNode(node);
    return outputs.get(node).clone();
  }

  private void requireNode(String node) {
    if (!outputs.containsKey(node)) {
      throw new IllegalArgumentException("node must be one of " + graph.order() + ", got " + node);
    }
  }

  /** Begins anew, as before the first step. */
  public void reset() {
    steps.values().forEach(StepNode::reset);
    outputs.values().forEach(values -> Arrays.fill(values, 0));
    for (String name : graph.order()) {
      boolean isLinear = graph.node(name) instanceof NirWeights;
      if (isLinear && dialect.beginsWithBias()) {
        steps.get(name).step(new float[inputs.get(name).length], outputs.get(name));
      }
    }
  }

  /**
   * Runs a step.
   *
   * @param input of the shape of the input, in order c; finite
   * @return of the shape of the output, in order c
   * @throws IllegalArgumentException if the input has another size, or a number is not finite
   */
  public float[] step(float... input) {
    int size = inputs.get(graph.input()).length;
    if (input.length != size) {
      throw new IllegalArgumentException(
          "input of a step must be "
              + size
              + " numbers, "
              + Arrays.toString(inputShape())
              + ", got "
              + input.length);
    }
    return run(input);
  }

  /**
   * Runs some steps.
   *
   * @param input [T, …input shape], in order c; finite
   * @return [T, …output shape], in order c
   * @throws IllegalArgumentException if the input is not a whole number of steps, or a number is
   *     not finite
   */
  public float[] run(float... input) {
    int size = inputs.get(graph.input()).length;
    if (input.length % size != 0) {
      throw new IllegalArgumentException(
          "input must be whole steps of "
              + size
              + " numbers, "
              + Arrays.toString(inputShape())
              + ", got "
              + input.length
              + " numbers");
    }
    // Before the first step, so that a window that is refused changes nothing.
    for (float value : input) {
      Require.finite("input", value);
    }
    float[] last = outputs.get(graph.output());
    float[] output = new float[Math.multiplyExact(input.length / size, last.length)];
    for (int step = 0; step < input.length / size; step++) {
      step(input, step * size);
      System.arraycopy(last, 0, output, step * last.length, last.length);
    }
    return output;
  }

  private void step(float[] input, int first) {
    float[] given = inputs.get(graph.input());
    for (int i = 0; i < given.length; i++) {
      given[i] = input[first + i];
    }
    for (String name : graph.order()) {
      if (!name.equals(graph.input())) {
        gather(name);
      }
      steps.get(name).step(inputs.get(name), outputs.get(name));
    }
  }

  /** Sums what reaches a node; late edges still hold the value of the step before. */
  private void gather(String name) {
    float[] sum = inputs.get(name);
    List<String> sources = graph.sources(name);
    System.arraycopy(outputs.get(sources.get(0)), 0, sum, 0, sum.length);
    for (String source : sources.subList(1, sources.size())) {
      float[] value = outputs.get(source);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += value[i];
      }
    }
  }
}
