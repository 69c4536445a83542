package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Custom neurons and encoders in a network: trained, saved, restored. */
class CustomPartsTest {

  /** Fires on every n-th step that brings a positive current. */
  public record EveryNth(@JsonProperty("n") int n) implements NeuronDynamics {

    private static final long serialVersionUID = 1L;

    @Override
    public List<StateVariable> variables() {
      return List.of(new StateVariable("current", 0), new StateVariable("currents seen", 0));
    }

    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public void excess(Neurons neurons, float[] excess) {
      for (int i = 0; i < neurons.count(); i++) {
        boolean due = (neurons.variable(1)[i] + 1) % n == 0;
        excess[i] = due ? neurons.variable(0)[i] : 0;
      }
    }

    @Override
    public void reset(Neurons neurons) {
      for (int i = 0; i < neurons.count(); i++) {
        neurons.variable(1)[i] += neurons.variable(0)[i] > 0 ? 1 : 0;
        neurons.variable(0)[i] = 0;
      }
    }
  }

  /** Features squared, as constant currents. */
  public record Squares(@JsonProperty("steps") int steps) implements SpikeEncoder {

    private static final long serialVersionUID = 1L;

    @Override
    public FeatureShape shapeFor(InputType features) {
      return FeatureShapes.of(features);
    }

    @Override
    public SpikeTrain encode(INDArray features, NoiseKey noise) {
      float[] squares = features.mul(features).dup('c').data().asFloat();
      return new ConstantSpikeTrain(FeatureShapes.ofSamples(features), steps, squares);
    }

    @Override
    public SpikeEncoder withSteps(int other) {
      return new Squares(other);
    }

    @Override
    public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
      rateGradient.mul(features, featureGradient).muli(2);
    }
  }

  private static MultiLayerNetwork network(BackpropRule rule) {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(0.02)),
            InputType.feedForward(6),
            SpikeEncoding.by(new Squares(8)).build(),
            new SpikingDense.Builder().nOut(20).neuron(new EveryNth(2)).build(),
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
    if (rule != null) {
      BackpropRules.apply(configuration, rule);
    }
    return SmallNetworks.network(configuration);
  }

  private static DataSet data() {
    INDArray features = Nd4j.rand(64, 6).subi(0.5);
    INDArray labels = Nd4j.zeros(64, 2);
    for (int i = 0; i < 64; i++) {
      double first = Math.abs(features.getDouble(i, 0));
      labels.putScalar(i, first > Math.abs(features.getDouble(i, 1)) ? 1 : 0, 1);
    }
    return new DataSet(features, labels);
  }

  @Test
  void shouldTrainCustomNeuronsAndEncoders() {
    Nd4j.getRandom().setSeed(1);
    MultiLayerNetwork network = network(new AsfBackprop());
    DataSet data = data();
    double before = network.score(data);
    double after = before;
    for (int i = 0; i < 10 && after >= before / 2; i++) {
      for (int k = 0; k < 10; k++) {
        network.fit(data);
      }
      after = network.score(data);
    }
    assertTrue(after < before / 2, before + " became " + after);
    // At most every second step.
    INDArray rates = network.feedForward(data.getFeatures()).get(2);
    assertEquals(0.5, rates.maxNumber().doubleValue());
  }

  @Test
  void shouldRestoreThem() {
    MultiLayerNetwork network = network(new AsfBackprop());
    network.fit(data());
    MultiLayerNetwork restored = SmallNetworks.restored(network);
    INDArray features = data().getFeatures();
    assertSameBits(network.output(features), restored.output(features));
    assertEquals(network.getLayerWiseConfigurations(), restored.getLayerWiseConfigurations());
  }

  @Test
  void shouldRefuseRulesThatFollowTheMembrane() {
    String spatioTemporal =
        assertThrows(DL4JInvalidConfigException.class, () -> network(null)).getMessage();
    assertTrue(
        spatioTemporal.contains(
            "the neuron must give its derivatives (DifferentiableDynamics) for"
                + " SpatioTemporalBackprop"),
        spatioTemporal);
    String rates =
        assertThrows(DL4JInvalidConfigException.class, () -> network(new RateBackprop()))
            .getMessage();
    assertTrue(rates.contains("(DifferentiableDynamics) for RateBackprop"), rates);
  }

  @Test
  void shouldTakeTheBuiltInNeuronAsAWhole() {
    SpikingNeuron neuron = new SpikingNeuron(0.7, 0.9, Reset.bySubtraction(), 0.1);
    SpikingDense given = new SpikingDense.Builder().nOut(3).neuron(neuron).build();
    SpikingDense set =
        new SpikingDense.Builder()
            .nOut(3)
            .threshold(0.7)
            .leak(0.9)
            .reset(Reset.bySubtraction())
            .initialMembrane(0.1)
            .build();
    assertEquals(set, given);
  }

  @Test
  void shouldRefuseSettingsThatHaveNoEffect() {
    SpikingDense.Builder both = new SpikingDense.Builder().threshold(2).neuron(new EveryNth(2));
    String message = assertThrows(IllegalArgumentException.class, both::build).getMessage();
    assertTrue(
        message.startsWith("threshold, leak, reset and initialMembrane must be unset"), message);
    SpikingPooling2D.Builder maximum =
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).neuron(new EveryNth(2));
    assertTrue(
        assertThrows(IllegalArgumentException.class, maximum::build)
            .getMessage()
            .contains("neuron must not be set on MAX pooling"));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> SpikeEncoding.by(new Squares(2)).gain(2).build())
            .getMessage()
            .startsWith(
                "gain must be unset on frames, in delta coding and with a custom encoder, got"
                    + " 2.0"));
  }

  @Test
  void shouldBalanceWeightsButNoThresholds() {
    MultiLayerNetwork network = network(new AsfBackprop());
    INDArray features = data().getFeatures();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new FiringRateBalance(0.1).thresholds(network, features))
            .getMessage();
    assertTrue(message.contains("must have (leaky) integrate-and-fire neurons"), message);
  }
}
