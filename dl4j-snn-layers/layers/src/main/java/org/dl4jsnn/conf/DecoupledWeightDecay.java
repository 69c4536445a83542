package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.dl4jsnn.internal.update.HostUpdates;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Weight decay decoupled from the gradient (AdamW): at every update the weights lose the learning
 * rate times a share of themselves. It is not part of the loss, so the score leaves it out.
 *
 * <pre>{@code
 * DecoupledWeightDecay.applyTo(configuration, 0.01);
 * MultiLayerNetwork network = new MultiLayerNetwork(configuration);
 * }</pre>
 *
 * <p>Deeplearning4j's {@link WeightDecay} is applied twice if set for a whole configuration
 * (1.0.0-M2.1: layers merge it with what they already have), so this class sets it layer by layer.
 * It also adds half the decay of all squared weights to the score, which then hides the loss: a
 * layer of 8 million weights can add 80.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019.
 */
public final class DecoupledWeightDecay {

  private DecoupledWeightDecay() {}

  /**
   * Sets the decay of all layers with weights, also inside wrappers, replacing their regularisation
   * of weights.
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
   * Sets the decay of all layers with weights, also inside wrappers, replacing their regularisation
   * of weights.
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
    Require.not(
        !(share >= 0 && Double.isFinite(share)),
        "share of weight decay must be 0 or more and finite, got %s",
        share);
    return share == 0 ? List.of() : List.of(new Unscored(new FixedSchedule(share), true));
  }

  private static void apply(Layer layer, List<Regularization> decay) {
    Layer inner = WrappedLayers.inner(layer);
    if (inner instanceof BaseLayer weighted) {
      weighted.setRegularization(new ArrayList<>(decay));
    } else if (inner instanceof Bidirectional both) {
      apply(both.getFwd(), decay);
      apply(both.getBwd(), decay);
    }
  }

  /** The decay of a layer, which its score does not contain. */
  public static final class Unscored extends WeightDecay {

    private static final long serialVersionUID = 1L;

    /**
     * For deserialisation.
     *
     * @param coeff the share
     * @param applyLR whether the learning rate multiplies it
     */
    public Unscored(
        @JsonProperty("coeff") ISchedule coeff, @JsonProperty("applyLR") boolean applyLR) {
      super(coeff, applyLR);
    }

    @Override
    public void apply(INDArray weights, INDArray gradient, double lr, int iteration, int epoch) {
      double share = coeff.valueAt(iteration, epoch);
      if (!HostUpdates.add(weights, applyLR ? lr * share : share, gradient)) {
        super.apply(weights, gradient, lr, iteration, epoch);
      }
    }

    @Override
    public double score(INDArray weights, int iteration, int epoch) {
      return 0;
    }

    @Override
    public Regularization clone() {
      return new Unscored(coeff, applyLR);
    }
  }
}
