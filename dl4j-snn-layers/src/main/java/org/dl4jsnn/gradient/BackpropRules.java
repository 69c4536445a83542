package org.dl4jsnn.gradient;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Gives every spiking layer of a configuration a backprop rule. */
public final class BackpropRules {

  private BackpropRules() {}

  /** A layer configuration whose backprop rule can be set. */
  public interface Hooked {

    /**
     * Sets the rule.
     *
     * @param rule how the layer's weights learn
     */
    void setBackprop(BackpropRule rule);
  }

  /**
   * Sets the rule of every spiking layer, frozen ones included.
   *
   * @param configuration before a network is made of it
   * @param rule the rule
   * @throws IllegalArgumentException if there is no spiking layer
   */
  public static void apply(MultiLayerConfiguration configuration, BackpropRule rule) {
    boolean any = false;
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      any |= apply(layer.getLayer(), rule);
    }
    requireAny(any, rule);
  }

  /**
   * Sets the rule of every spiking layer, frozen ones included.
   *
   * @param configuration before a graph is made of it
   * @param rule the rule
   * @throws IllegalArgumentException if there is no spiking layer
   */
  public static void apply(ComputationGraphConfiguration configuration, BackpropRule rule) {
    boolean any = false;
    for (Object vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        any |= apply(layer.getLayerConf().getLayer(), rule);
      }
    }
    requireAny(any, rule);
  }

  private static boolean apply(Layer layer, BackpropRule rule) {
    if (layer instanceof Hooked hooked) {
      hooked.setBackprop(rule);
      return true;
    }
    if (layer instanceof FrozenLayer frozen) {
      return apply(frozen.getLayer(), rule);
    }
    if (layer instanceof BaseWrapperLayer wrapper) {
      return apply(wrapper.getUnderlying(), rule);
    }
    return false;
  }

  private static void requireAny(boolean any, BackpropRule rule) {
    if (!any) {
      throw new IllegalArgumentException(
          "configuration must hold at least one spiking layer to apply "
              + rule
              + " to, got none. Possible cause: the layers are stock ones");
    }
  }
}
