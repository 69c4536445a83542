package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A custom neuron learns under every rule. */
class ResonateAndFireTest {

  private static final Surrogate SURROGATE = Surrogate.sigmoid(0.5);
  private static final NeuronDynamics RESONATING = new ResonateAndFire(0.3, 0.8, 0.9);

  static List<BackpropRule> rules() {
    return List.of(new AsfBackprop(), new RateBackprop(), new SpatioTemporalBackprop());
  }

  static List<NeuronDynamics> neurons() {
    return List.of(
        RESONATING,
        new SpikingNeuron(0.6, 0.9, Reset.bySubtraction(), 0),
        new SpikingNeuron(0.6, 0.8, Reset.to(-0.2), 0.1));
  }

  private static MultiLayerNetwork network(
      NeuronDynamics neuron, BackpropRule rule, String... learned) {
    return GuideTest.network(
        new NeuralNetConfiguration.Builder().seed(7).updater(new Adam(0.02)),
        InputType.feedForward(4),
        2,
        SpikeEncoding.direct(15).build(),
        new SpikingDense.Builder()
            .nOut(20)
            .neuron(neuron)
            .backprop(rule)
            .learnPerChannel(learned)
            .build());
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
    MultiLayerNetwork network = network(RESONATING, rule);
    DataSet data = data();
    double before = network.score(data);
    for (int i = 0; i < 150; i++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < 0.6 * before, before + " became " + network.score(data));
  }

  /**
   * Under constant currents, a rate-based rule that follows the membrane has the gradient in time,
   * summed over the steps.
   */
  @ParameterizedTest
  @MethodSource("neurons")
  void shouldHaveTheSameGradientInTimeAndOfRates(NeuronDynamics neuron) {
    assertSameGradient(neuron, Synapse.WEIGHT);
  }

  @Test
  void shouldHaveTheSameGradientOfItsAngleInTimeAndOfRates() {
    assertSameGradient(RESONATING, "freeAngle", "angle", NeuronParameter.THRESHOLD);
    assertSameGradient(RESONATING, "freeThreshold", "angle", NeuronParameter.THRESHOLD);
  }

  private static void assertSameGradient(NeuronDynamics neuron, String key, String... learned) {
    BackpropRule exact = new SpatioTemporalBackprop(SURROGATE).withAttachedReset();
    INDArray inTime = gradient(network(neuron, exact, learned), key);
    INDArray ofRates = gradient(network(neuron, new RateBackprop(SURROGATE), learned), key);
    assertTrue(inTime.norm2Number().doubleValue() > 1e-3, "no gradient shows nothing");
    assertArrayEquals(inTime.data().asFloat(), ofRates.data().asFloat(), 1e-5f);
  }

  @Test
  void shouldLearnItsAngle() {
    MultiLayerNetwork network = network(RESONATING, new SpatioTemporalBackprop(), "angle");
    DataSet data = data();
    for (int i = 0; i < 50; i++) {
      network.fit(data);
    }
    NeuronParameter angle = GuideTest.learned(network, 1).get(1);
    double[] values = angle.ofChannels(20);
    assertTrue(Arrays.stream(values).allMatch(value -> value > 0 && value < Math.PI));
    assertTrue(Arrays.stream(values).distinct().count() > 10, angle.toString());
  }

  private static INDArray gradient(MultiLayerNetwork network, String key) {
    DataSet data = data();
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.gradient().getGradientFor("1_" + key).dup('c');
  }
}
