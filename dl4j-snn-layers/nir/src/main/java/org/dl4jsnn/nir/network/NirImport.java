package org.dl4jsnn.nir.network;

import java.util.List;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;

/**
 * Imports graphs as Deeplearning4j networks with their weights. Every node of neurons becomes a
 * layer, with the linear nodes before it as its weights and with the dialect's neurons.
 *
 * <pre>{@code
 * NirGraph graph = NirFiles.read(Path.of("network.nir"));
 * MultiLayerNetwork network = NirImport.by(NirDialect.snnTorch()).multiLayerNetwork(graph);
 * INDArray outputs = network.rnnTimeStep(features); // [minibatch, n, T]
 * }</pre>
 *
 * <p>A network fires the same spikes as {@link org.dl4jsnn.nir.NirSimulation}, up to the order in
 * which weights are summed and if the dialect fires at most once per step. Outputs that are not
 * spikes, such as integrators or weights at the end, become a {@link org.dl4jsnn.conf.LeakyReadOut}
 * that gives a course over time.
 *
 * <p>Features have one value per step ({@code SpikeEncoding.frames()}) unless {@link #direct} says
 * otherwise. {@code rnnTimeStep} runs streams piece by piece. For further training, {@link
 * #readOut} adds an output layer and {@link #backprop} sets the learning rule.
 *
 * <p>Immutable and thread-safe.
 */
public final class NirImport {

  private final NirDialect dialect;
  private final NetworkMaker.NetworkSettings settings;

  private NirImport(NirDialect dialect, NetworkMaker.NetworkSettings settings) {
    this.dialect = Require.given("dialect", dialect);
    this.settings = settings;
  }

  /**
   * Creates an import.
   *
   * @param dialect the dialect of the neurons, with its time step
   * @return the import, for features with a time axis
   */
  public static NirImport by(NirDialect dialect) {
    return new NirImport(dialect, new NetworkMaker.NetworkSettings(0, null, null, List.of()));
  }

  /**
   * {@return the same import for features without a time axis, which are repeated unchanged at
   * every step}
   *
   * @param steps T, at least 1
   * @throws IllegalArgumentException if T is below 1
   */
  public NirImport direct(int steps) {
    Require.atLeast("steps", steps, 1);
    return with(steps, settings.general(), settings.rule(), settings.readOut());
  }

  /**
   * {@return the same import with Deeplearning4j's settings: seed, updater, regularisation and so
   * on}
   *
   * @param general the builder of a configuration; its current values are copied
   */
  public NirImport settings(NeuralNetConfiguration.Builder general) {
    Require.given("settings", general);
    return with(settings.steps(), general.clone(), settings.rule(), settings.readOut());
  }

  /**
   * {@return the same import with a learning rule for all layers}
   *
   * @param rule how weights learn
   */
  public NirImport backprop(BackpropRule rule) {
    Require.given("gradient rule", rule);
    return with(settings.steps(), settings.general(), rule, settings.readOut());
  }

  /**
   * {@return the same import with layers after the graph's output, for training: an OutputLayer,
   * which has its own weights, or a LossLayer over firing rates; an RnnOutputLayer or RnnLossLayer
   * over integrators; or a {@link org.dl4jsnn.conf.LeakyReadOut} and one of them}
   *
   * @param layers the layers in order
   */
  public NirImport readOut(Layer... layers) {
    return with(settings.steps(), settings.general(), settings.rule(), List.of(layers));
  }

  private NirImport with(
      int steps, NeuralNetConfiguration.Builder general, BackpropRule rule, List<Layer> readOut) {
    return new NirImport(dialect, new NetworkMaker.NetworkSettings(steps, general, rule, readOut));
  }

  /**
   * {@return whether a graph can become a MultiLayerNetwork, as a chain of nodes; otherwise only a
   * ComputationGraph} Logs nothing.
   *
   * @param graph the graph
   * @throws NirConversionException if nodes cannot be converted; the message names all of them
   */
  public boolean isChain(NirGraph graph) {
    return plan(graph, (node, parameter) -> {}).isChain();
  }

  private Planner.Plan plan(NirGraph graph) {
    return plan(graph, null);
  }

  private Planner.Plan plan(NirGraph graph, BiConsumer<String, String> ignored) {
    return Planner.plan(graph, recurrent -> new LayerDialect(dialect, recurrent, ignored));
  }

  /**
   * {@return the network of a graph, initialised}
   *
   * @param graph a chain of nodes; neurons may be recurrent
   * @throws NirConversionException if nodes cannot be converted; the message names all of them
   * @throws IllegalArgumentException if there are branches
   */
  public MultiLayerNetwork multiLayerNetwork(NirGraph graph) {
    return new NetworkMaker(plan(graph), settings).sequence();
  }

  /**
   * {@return the network of a graph, initialised} Its inputs have the graph's names with
   * "_features" appended.
   *
   * @param graph the graph
   * @throws NirConversionException if nodes cannot be converted; the message names all of them
   * @throws IllegalArgumentException if a read-out is set for several outputs
   */
  public ComputationGraph computationGraph(NirGraph graph) {
    return new NetworkMaker(plan(graph), settings).graph();
  }
}
