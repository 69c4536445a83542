package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.Networks;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A custom layer with two arrays of weights: a matrix, and a factor for every input. */
class TwoWeightsTest {

  private static final String FACTORS = "P";

  private record Scaled(FeatureShape inputShape, INDArray weights, INDArray factors)
      implements Synapse {

    private DenseSynapse dense() {
      return new DenseSynapse(inputShape, weights.mulColumnVector(factors), null);
    }

    @Override
    public FeatureShape outputShape() {
      return dense().outputShape();
    }

    @Override
    public boolean isWeighted() {
      return true;
    }

    @Override
    public void current(INDArray flow, double biasTimes, INDArray current) {
      dense().current(flow, biasTimes, current);
    }

    @Override
    public INDArray backprop(
        INDArray flow,
        INDArray currentGradient,
        Map<String, INDArray> gradients,
        LayerWorkspaceMgr workspaces) {
      Map<String, INDArray> ofProduct =
          new HashMap<>(Map.of(Synapse.WEIGHT, Nd4j.create(weights.shape())));
      INDArray below = dense().backprop(flow, currentGradient, ofProduct, workspaces);
      INDArray product = ofProduct.get(Synapse.WEIGHT);
      gradients.get(Synapse.WEIGHT).assign(product.mulColumnVector(factors));
      gradients.get(FACTORS).assign(product.mul(weights).sum(true, 1));
      return below;
    }
  }

  public static final class ScaledDense extends BaseSpikingLayer {

    private static final long serialVersionUID = 1L;

    private ScaledDense(Builder builder) {
      super(builder);
      initializeConstraints(builder);
    }

    @Override
    protected List<LayerParameter> weights() {
      return List.of(
          LayerParameter.weights(Synapse.WEIGHT, nIn, nOut, nIn, nOut),
          LayerParameter.weights(FACTORS, 1, 1, nIn, 1));
    }

    @Override
    protected long inputsOf(FeatureShape input) {
      return input.neurons();
    }

    @Override
    public FeatureShape outputShape(FeatureShape input) {
      return FeatureShape.vector((int) nOut);
    }

    @Override
    public int outputAxis() {
      return 1;
    }

    @Override
    public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
      return new Scaled(input, parameters.get(Synapse.WEIGHT), parameters.get(FACTORS));
    }

    @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
    private static final class Builder extends SpikingLayerBuilder<Builder> {

      @Override
      public ScaledDense build() {
        return new ScaledDense(this);
      }
    }
  }

  private static MultiLayerNetwork network(ScaledDense.Builder layer) {
    return Networks.of(
        Networks.seeded(3).updater(new Sgd(0.5)),
        InputType.feedForward(5),
        SpikeEncoding.poisson(6).build(),
        layer.nOut(7).threshold(0.25).build(),
        Networks.readOut(2));
  }

  @Test
  void shouldLearnBothThroughTime() {
    MultiLayerNetwork network = network(new ScaledDense.Builder());
    Map<String, INDArray> parameters = network.getLayer(1).paramTable();
    INDArray weights = parameters.get(Synapse.WEIGHT).dup();
    INDArray factors = parameters.get(FACTORS).dup();
    INDArray features = Nd4j.rand(4, 5);
    INDArray labels = Nd4j.eye(2).repeat(0, 2);
    assertTrue(network.feedForward(features).get(2).sumNumber().doubleValue() > 0, "silent");
    for (int i = 0; i < 3; i++) {
      network.fit(features, labels);
    }
    assertNotEquals(weights, parameters.get(Synapse.WEIGHT));
    assertNotEquals(factors, parameters.get(FACTORS));
  }

  @Test
  void shouldRefuseMoreParametersThanJavaCanSee() {
    SpikingParameters.requireReadable("layer 'dense'", 536_870_911L);
    assertMessage(
        DL4JInvalidConfigException.class,
        "layer 'dense': the parameters of a network in single precision, up to those of its last"
            + " spiking layer, must be at most 536870911 values, which fill 2 GiB, got 536870912."
            + " Use smaller layers",
        () -> SpikingParameters.requireReadable("layer 'dense'", 536_870_912L));
  }
}
