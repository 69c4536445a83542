package org.dl4jsnn.nir.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;

/**
 * Graphs as networks of Deeplearning4j, with their weights: a layer for every node of neurons, with
 * the linear nodes in front of it as its weights, and what a dialect makes of the neurons.
 *
 * <p>A network fires the spikes that {@link org.dl4jsnn.nir.NirSimulation} does, as far as sums of
 * weights are the same in another order, and where the dialect fires once a step. What a graph
 * gives that are no spikes, as integrators and weights at the end, a {@link
 * org.dl4jsnn.conf.LeakyReadOut} gives, as a course over time.
 *
 * <p>Features are one value a step ({@code SpikeEncoding.frames()}) unless {@link #direct} says
 * otherwise. {@code rnnTimeStep} goes through streams piece by piece. To train on, {@link #readOut}
 * puts an output layer behind, and {@link #backprop} says how weights learn.
 *
 * <p>Immutable, and for any number of threads.
 */
public final class NirImport {

  private final NirDialect dialect;
  private final NetworkSettings settings;

  private NirImport(NirDialect dialect, NetworkSettings settings) {
    this.dialect = Require.given("dialect", dialect);
    this.settings = settings;
  }

  /**
   * An import.
   *
   * @param dialect what neurons do, and the time step
   * @return the import, of features with a time axis
   */
  public static NirImport by(NirDialect dialect) {
    return new NirImport(dialect, new NetworkSettings(0, null, null, List.of()));
  }

  /**
   * The same import for features without a time axis, which are shown as they are at every step.
   *
   * @param steps T, at least 1
   * @return the import
   * @throws IllegalArgumentException if there are fewer
   */
  public NirImport direct(int steps) {
    return with(
        new NetworkSettings(
            Require.atLeast("steps", steps, 1),
            settings.general(),
            settings.rule(),
            settings.readOut()));
  }

  /**
   * The same import with settings of Deeplearning4j: seed, updater, regularisation and the like.
   *
   * @param general the builder of a configuration; what it holds now
   * @return the import
   */
  public NirImport settings(NeuralNetConfiguration.Builder general) {
    return with(
        new NetworkSettings(
            settings.steps(),
            Require.given("settings", general).clone(),
            settings.rule(),
            settings.readOut()));
  }

  /**
   * The same import with a rule for all layers.
   *
   * @param rule how weights learn
   * @return the import
   */
  public NirImport backprop(BackpropRule rule) {
    return with(
        new NetworkSettings(
            settings.steps(),
            settings.general(),
            Require.given("backprop rule", rule),
            settings.readOut()));
  }

  /**
   * The same import with layers behind the graph's output, to train by: an OutputLayer with weights
   * of its own, or a LossLayer, over firing rates; an RnnOutputLayer or RnnLossLayer over
   * integrators; or a {@link org.dl4jsnn.conf.LeakyReadOut} and one of them.
   *
   * @param layers in their order
   * @return the import
   */
  public NirImport readOut(Layer... layers) {
    return with(
        new NetworkSettings(
            settings.steps(), settings.general(), settings.rule(), List.of(layers)));
  }

  private NirImport with(NetworkSettings other) {
    return new NirImport(dialect, other);
  }

  /**
   * Whether a graph becomes a MultiLayerNetwork, or else a ComputationGraph alone.
   *
   * @param graph the graph
   * @return true of nodes one after the other
   * @throws NirConversionException if nodes do not map; the message has all of them
   */
  public boolean isChain(NirGraph graph) {
    return Planner.plan(graph, dialect).isChain();
  }

  /**
   * A network of a graph.
   *
   * @param graph nodes one after the other, and neurons that may reach themselves
   * @return the network, initialised
   * @throws NirConversionException if nodes do not map; the message has all of them
   * @throws IllegalArgumentException if there are branches
   */
  public MultiLayerNetwork multiLayerNetwork(NirGraph graph) {
    return new NetworkMaker(Planner.plan(graph, dialect), settings).sequence();
  }

  /**
   * A network of a graph. Its inputs are called after the graph's, with "_features" behind.
   *
   * @param graph the graph
   * @return the network, initialised
   * @throws NirConversionException if nodes do not map; the message has all of them
   * @throws IllegalArgumentException if a read-out is to come after several outputs
   */
  public ComputationGraph computationGraph(NirGraph graph) {
    return new NetworkMaker(Planner.plan(graph, dialect), settings).graph();
  }
}
