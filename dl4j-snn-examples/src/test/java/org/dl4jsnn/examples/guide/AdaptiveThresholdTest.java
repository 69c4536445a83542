package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.SigmoidSurrogate;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A neuron of a user's own learns under every rule. */
class AdaptiveThresholdTest {

  private static final Surrogate SURROGATE = new SigmoidSurrogate(0.5);
  private static final NeuronDynamics TIRING = new AdaptiveThreshold(0.6, 0.3, 0.8);

  static List<BackpropRule> rules() {
    return List.of(new AsfBackprop(), new RateBackprop(), new SpatioTemporalBackprop());
  }

  static List<NeuronDynamics> neurons() {
    return List.of(
        TIRING,
        new SpikingNeuron(0.6, 0.9, Reset.bySubtraction(), 0),
        new SpikingNeuron(0.6, 0.8, Reset.to(-0.2), 0.1));
  }

  private static MultiLayerNetwork network(NeuronDynamics neuron, BackpropRule rule) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(0.02))
                .list()
                .layer(SpikeEncoding.direct(15).build())
                .layer(new SpikingDense.Builder().nOut(20).dynamics(neuron).backprop(rule).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .activation(Activation.SOFTMAX)
                        .nOut(2)
                        .build())
                .setInputType(InputType.feedForward(4))
                .build());
    network.init();
    return network;
  }

  /** Two features against the other two. */
  private static DataSet data() {
    Nd4j.getRandom().setSeed(8);
    INDArray features = Nd4j.rand(40, 4);
    INDArray labels = Nd4j.zeros(40, 2);
    for (int i = 0; i < 40; i++) {
      double left = features.getDouble(i, 0) + features.getDouble(i, 1);
      double right = features.getDouble(i, 2) + features.getDouble(i, 3);
      labels.putScalar(i, left > right ? 0 : 1, 1);
    }
    return new DataSet(features, labels);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearn(BackpropRule rule) {
    MultiLayerNetwork network = network(TIRING, rule);
    DataSet data = data();
    double before = network.score(data);
    for (int i = 0; i < 150; i++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < 0.6 * before, before + " became " + network.score(data));
  }

  /**
   * Under constant currents, a rule of rates that follows the membrane asks for the same as the
   * gradient in time, added up over the steps.
   */
  @ParameterizedTest
  @MethodSource("neurons")
  void shouldHaveTheSameGradientInTimeAndOfRates(NeuronDynamics neuron) {
    INDArray inTime = gradient(neuron, new SpatioTemporalBackprop(SURROGATE).withAttachedReset());
    INDArray ofRates = gradient(neuron, new RateBackprop(SURROGATE));
    assertTrue(inTime.norm2Number().doubleValue() > 1e-3, "no gradient shows nothing");
    assertArrayEquals(inTime.data().asFloat(), ofRates.data().asFloat(), 1e-5f);
  }

  private static INDArray gradient(NeuronDynamics neuron, BackpropRule rule) {
    MultiLayerNetwork network = network(neuron, rule);
    DataSet data = data();
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().getGradientFor("1_" + Synapse.WEIGHT).dup('c');
    assertEquals(2, gradient.rank());
    return gradient;
  }
}
