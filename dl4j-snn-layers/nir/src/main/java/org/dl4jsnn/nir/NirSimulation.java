package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.dl4jsnn.internal.Require;

/**
 * Runs a graph step by step, without Deeplearning4j, as a dialect's program does.
 *
 * <pre>{@code
 * NirSimulation simulation = NirSimulation.of(NirFiles.read(file), NirDialect.snnTorch());
 * for (float[] frame : frames) {
 *   float[] output = simulation.step(frame);
 * }
 * }</pre>
 *
 * <pre>
 *  input of a step ─► every node once, in the order of {@link FlatGraph} ─► output of the step
 *                       ▲                                        │
 *                       └── edges of cycles: previous step ◄─────┘
 * </pre>
 *
 * All nodes run within a step, so layers add no delay; a node with several incoming edges receives
 * their sum. One edge of each cycle is late by one step and carries 0 at the first step, or in the
 * snnTorch dialect what the cycle's weights give for no spikes. Sums are added in increasing order
 * of inputs, the bias last, in single precision.
 *
 * <p>State is kept between calls: pieces of a window give the same result as the whole. Not
 * thread-safe; any number of simulations may run one graph.
 */
public final class NirSimulation {

  private final FlatGraph graph;
  private final NodeShapes shapes;
  private final NirDialect dialect;
  private final Map<String, StepNode> steps = new LinkedHashMap<>();
  private final Map<String, float[]> outputs = new LinkedHashMap<>();
  private final Map<String, float[]> inputs = new LinkedHashMap<>();

  private NirSimulation(NirGraph graph, NirDialect dialect, BiConsumer<String, String> ignored) {
    this.graph = FlatGraph.of(Require.given("graph", graph));
    this.dialect = Require.given("dialect", dialect);
    this.shapes = NodeShapes.of(this.graph);
    DelayStep.requireRoom(this.graph, dialect.timeStep());
    Set<String> recurrent = graph.recurrentNeurons();
    for (String name : this.graph.order()) {
      NirNode node = this.graph.node(name);
      NirDialect own = recurrent.contains(name) ? dialect.ofRecurrent((NirNeurons) node) : dialect;
      steps.put(name, StepNode.of(name, node, shapes.into(name), own, ignored));
      outputs.put(name, new float[StepNode.count(shapes.of(name))]);
      inputs.put(name, new float[StepNode.count(shapes.into(name))]);
    }
    reset();
  }

  /**
   * {@return a simulation before its first step}
   *
   * @param graph the graph, with one input and one output
   * @param dialect the program to follow
   * @throws NirRefusedException if a node does not fit its input, is not reached, or has no
   *     equation in the dialect
   * @throws IllegalArgumentException if there is not one input and one output
   */
  public static NirSimulation of(NirGraph graph, NirDialect dialect) {
    return of(graph, dialect, Require.given("dialect", dialect)::warn);
  }

  /**
   * Creates a simulation before its first step, and says what the dialect ignores.
   *
   * @param graph the graph, with one input and one output
   * @param dialect the program to follow
   * @param ignored gets the node and the name of every parameter that the dialect ignores, which is
   *     then not logged
   * @return the simulation
   * @throws NirRefusedException as {@link #of(NirGraph, NirDialect)}
   * @throws IllegalArgumentException if there is not one input and one output
   */
  public static NirSimulation of(
      NirGraph graph, NirDialect dialect, BiConsumer<String, String> ignored) {
    return new NirSimulation(graph, dialect, Require.given("ignored", ignored));
  }

  /** {@return the sizes of the axes of a step's input} */
  public int[] inputShape() {
    return shapes.of(graph.input());
  }

  /** {@return the sizes of the axes of a step's output} */
  public int[] outputShape() {
    return shapes.of(graph.output());
  }

  /**
   * {@return names of all nodes in execution order; nodes in nested graphs as {@code graph/node}}
   */
  public List<String> order() {
    return graph.order();
  }

  /**
   * {@return the sizes of the axes of a node's output}
   *
   * @param node its name, as in {@link #order}
   * @throws IllegalArgumentException if no such node exists
   */
  public int[] shape(String node) {
    requireNode(node);
    return shapes.of(node);
  }

  /**
   * {@return a node's output at the last step, a copy, in C order; before the first step zeros, or
   * in the snnTorch dialect the output for no spikes}
   *
   * @param node its name, as in {@link #order}
   * @throws IllegalArgumentException if no such node exists
   */
  public float[] output(String node) {
    requireNode(node);
    return outputs.get(node).clone();
  }

  private void requireNode(String node) {
    Require.not(!outputs.containsKey(node), "node must be one of %s, got %s", graph.order(), node);
  }

  /** Resets the simulation to before the first step. */
  public void reset() {
    steps.values().forEach(StepNode::reset);
    inputs.values().forEach(values -> Arrays.fill(values, 0));
    outputs.values().forEach(values -> Arrays.fill(values, 0));
    if (dialect.beginsWithBias()) {
      graph.order().stream().filter(this::hasNoState).forEach(this::stepNode);
    }
  }

  private boolean hasNoState(String name) {
    NirNode node = graph.node(name);
    return !(node instanceof NirNeurons) && !(node instanceof NirPlumbing.Delay);
  }

  /**
   * {@return the output of a step: numbers with the output's shape, in C order}
   *
   * @param input finite numbers with the input's shape, in C order
   * @throws IllegalArgumentException if the input has another size or a number is not finite
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
   * {@return the outputs of several steps: [T, …output shape], in C order}
   *
   * @param input [T, …input shape], in C order; finite
   * @throws IllegalArgumentException if the input is not a whole number of steps or a number is not
   *     finite
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
    // Checked before the first step, so a refused window changes nothing.
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
    System.arraycopy(input, first, given, 0, given.length);
    graph.order().forEach(this::stepNode);
  }

  private void stepNode(String name) {
    if (!name.equals(graph.input())) {
      gather(name);
    }
    steps.get(name).step(inputs.get(name), outputs.get(name));
  }

  /** Sums a node's inputs; late edges still hold the value of the previous step. */
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
