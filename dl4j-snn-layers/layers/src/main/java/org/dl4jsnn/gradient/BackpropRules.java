package org.dl4jsnn.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the gradient rule of every spiking layer of a configuration or a trained network.
 *
 * <pre>{@code
 * BackpropRules.apply(configuration, new SpatioTemporalBackprop());
 * MultiLayerNetwork network = new MultiLayerNetwork(configuration);
 *
 * MultiLayerNetwork tuned = BackpropRules.swap(trained, new AsfBackprop()); // keeps the weights
 * }</pre>
 *
 * <p>Also switches off Deeplearning4j's check of output layers: the published read-outs are linear,
 * and the check would refuse to evaluate them as classifiers.
 */
public final class BackpropRules {

  private static final Logger LOG = LoggerFactory.getLogger(BackpropRules.class);

  private BackpropRules() {}

  /** A layer configuration whose gradient rule can be set. */
  public interface Hooked {

    /**
     * Sets the rule.
     *
     * @param rule how the layer's weights learn
     */
    void setBackprop(BackpropRule rule);

    /**
     * Checks that a rule can be set.
     *
     * @param rule how the layer's weights should learn
     * @throws IllegalStateException if a network was built from the layer and learns by another
     *     rule
     */
    void requireSettable(BackpropRule rule);

    /**
     * {@return whether the layer's input currents stay in range during training: a normalisation
     * keeps them there, or the layer has no weights that could let them grow; true with a
     * normalisation or without weights}
     */
    boolean keepsCurrentsInRange();
  }

  /**
   * Sets the rule of every spiking layer, frozen ones included.
   *
   * @param configuration before a network is built from it
   * @param rule the rule
   * @throws IllegalArgumentException if no layer is a spiking layer
   */
  public static void apply(MultiLayerConfiguration configuration, BackpropRule rule) {
    apply(configuration.getConfs().stream().map(NeuralNetConfiguration::getLayer).toList(), rule);
    configuration.setValidateOutputLayerConfig(false);
  }

  /**
   * Sets the rule of every spiking layer, frozen ones included.
   *
   * @param configuration before a graph is built from it
   * @param rule the rule
   * @throws IllegalArgumentException if no layer is a spiking layer
   */
  public static void apply(ComputationGraphConfiguration configuration, BackpropRule rule) {
    List<Layer> layers = new ArrayList<>();
    for (Object vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        layers.add(layer.getLayerConf().getLayer());
      }
    }
    apply(layers, rule);
    configuration.setValidateOutputLayerConfig(false);
  }

  /**
   * A network with the weights, iteration and epoch of a trained one, whose spiking layers learn by
   * another rule. Scalars that both rules keep are copied; others start from their initial values.
   * The updater's state is copied only if both rules keep the same scalars; otherwise it starts
   * anew, and Adam's first steps are larger than usual.
   *
   * @param trained a network; not changed
   * @param rule the rule
   * @return a new network
   * @throws IllegalArgumentException if no layer is a spiking layer
   */
  public static MultiLayerNetwork swap(MultiLayerNetwork trained, BackpropRule rule) {
    MultiLayerConfiguration configuration = trained.getLayerWiseConfigurations().clone();
    apply(configuration, rule);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    if (takeOver(trained, network)) {
      copyState(trained.updaterState(), network.updaterState());
    }
    return network;
  }

  /**
   * A graph with the weights of a trained one, whose spiking layers learn by another rule;
   * otherwise like {@link #swap(MultiLayerNetwork, BackpropRule)}.
   *
   * @param trained a graph; not changed
   * @param rule the rule
   * @return a new graph
   * @throws IllegalArgumentException if no layer is a spiking layer
   */
  public static ComputationGraph swap(ComputationGraph trained, BackpropRule rule) {
    ComputationGraphConfiguration configuration = trained.getConfiguration().clone();
    // A configuration's clone loses these counts.
    configuration.setIterationCount(trained.getConfiguration().getIterationCount());
    configuration.setEpochCount(trained.getConfiguration().getEpochCount());
    apply(configuration, rule);
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    if (takeOver(trained, network)) {
      copyState(trained.updaterState(), network.updaterState());
    }
    return network;
  }

  /** Copies the parameters that both have; returns whether those are all parameters. */
  private static boolean takeOver(Model from, Model to) {
    Map<String, INDArray> trained = from.paramTable();
    Map<String, INDArray> target = to.paramTable();
    target.forEach(
        (name, parameter) -> {
          if (trained.containsKey(name)) {
            parameter.assign(trained.get(name));
          }
        });
    return trained.keySet().equals(target.keySet());
  }

  private static void copyState(INDArray from, INDArray to) {
    if (from != null && to != null) {
      to.assign(from);
    }
  }

  /** Sets the rule of all layers, or of none. */
  private static void apply(List<Layer> layers, BackpropRule rule) {
    List<Hooked> hooked =
        layers.stream()
            .map(WrappedLayers::inner)
            .filter(Hooked.class::isInstance)
            .map(Hooked.class::cast)
            .toList();
    requireAny(!hooked.isEmpty(), rule);
    hooked.forEach(layer -> layer.requireSettable(rule));
    hooked.forEach(layer -> layer.setBackprop(rule));
    warnOfUnboundedRates(layers, hooked, rule);
  }

  private static void requireAny(boolean any, BackpropRule rule) {
    Require.not(
        !any,
        "configuration must hold at least one spiking layer to apply %s to, got"
            + " none. Possible cause: the layers are stock ones",
        rule);
  }

  /**
   * Warns of a configuration whose rates rise until every neuron fires at every step: a loss that
   * is never satisfied, a rule whose gradient does not end at saturation, and currents that nothing
   * keeps in range (see docs/train.md).
   */
  private static void warnOfUnboundedRates(
      List<Layer> layers, List<Hooked> spiking, BackpropRule rule) {
    boolean isFree = spiking.stream().anyMatch(layer -> !layer.keepsCurrentsInRange());
    if (!rule.endsAtSaturation()
        && isFree
        && layers.stream().anyMatch(BackpropRules::asksForMore)) {
      LOG.warn(
          "Cross entropy, whose gradient never vanishes, drives rates towards a spike at every step"
              + " under {} if currents are not normalised, and training stalls. Set both on the"
              + " builder of every weighted spiking layer:"
              + " .normalization(new CurrentNormalization()) and .reset(Reset.bySubtraction())."
              + " Or read out with squared error: new OutputLayer.Builder(new LossL2())"
              + ".activation(Activation.IDENTITY)",
          rule);
    }
  }

  private static boolean asksForMore(Layer layer) {
    ILossFunction loss = null;
    if (layer instanceof BaseOutputLayer output) {
      loss = output.getLossFn();
    } else if (layer instanceof LossLayer output) {
      loss = output.getLossFn();
    }
    return loss instanceof LossMCXENT || loss instanceof LossBinaryXENT;
  }
}
