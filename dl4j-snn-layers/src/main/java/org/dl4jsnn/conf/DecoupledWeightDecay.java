package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * Weight decay decoupled from the gradient (AdamW): at every update the weights lose the learning
 * rate times a share of themselves. Deeplearning4j's {@link WeightDecay} is applied twice if set
 * for a whole configuration (1.0.0-M2.1: layers merge it with what they already have), so this
 * class sets it layer by layer.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019.
 */
public final class DecoupledWeightDecay {

  private DecoupledWeightDecay() {}

  /**
   * Sets the decay of all layers with weights, replacing their regularisation of weights.
   *
   * @param configuration before a network is built from it
   * @param share finite and not negative; 0 for none
   * @throws IllegalArgumentException if the share is invalid
   */
  public static void applyTo(MultiLayerConfiguration configuration, double share) {
    List<Regularization> decay = decay(share);
    configuration.getConfs().forEach(conf -> apply(conf.getLayer(), decay));
  }

  /**
   * Sets the decay of all layers with weights, replacing their regularisation of weights.
   *
   * @param configuration before a graph is built from it
   * @param share finite and not negative; 0 for none
   * @throws IllegalArgumentException if the share is invalid
   */
  public static void applyTo(ComputationGraphConfiguration configuration, double share) {
    List<Regularization> decay = decay(share);
    configuration
        .getVertices()
        .values()
        .forEach(
            vertex -> {
              if (vertex instanceof LayerVertex layer) {
                apply(layer.getLayerConf().getLayer(), decay);
              }
            });
  }

  private static List<Regularization> decay(double share) {
    if (!(share >= 0 && Double.isFinite(share))) {
      throw new IllegalArgumentException(
          "share of weight decay must be 0 or more and finite, got " + share);
    }
    return share == 0 ? List.of() : List.of(new WeightDecay(share, true));
  }

  private static void apply(Layer layer, List<Regularization> decay) {
    if (layer instanceof BaseLayer weighted) {
      weighted.setRegularization(new ArrayList<>(decay));
    }
  }
}
