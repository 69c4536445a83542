package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradients of weights and of what neurons learn: the rules agree where they should, and a
 * layer's gradient is the sum of its channels'.
 */
class LearnedGradientsTest {

  private static final Surrogate SURROGATE = Surrogate.sigmoid(0.5);
  private static final DataSet DATA = LearningNeurons.data(12);

  static Stream<DifferentiableDynamics> neurons() {
    return LearningNeurons.all().stream();
  }

  static Stream<DifferentiableDynamics> scaling() {
    return neurons().filter(DifferentiableDynamics::scalesWithThreshold);
  }

  /**
   * Where nothing above a layer knows time, the gradient taken forwards is that taken backwards.
   */
  @ParameterizedTest
  @MethodSource("neurons")
  void shouldBeTheSameInTimeAndOfRates(DifferentiableDynamics neuron) {
    for (boolean perChannel : new boolean[] {false, true}) {
      for (boolean detached : new boolean[] {false, true}) {
        SpatioTemporalBackprop inTime = new SpatioTemporalBackprop(SURROGATE).withAttachedReset();
        RateBackprop ofRates = new RateBackprop(SURROGATE);
        Map<String, double[]> expected =
            gradients(neuron, detached ? inTime.withDetachedReset() : inTime, perChannel);
        Map<String, double[]> actual =
            gradients(neuron, detached ? ofRates.withDetachedReset() : ofRates, perChannel);
        assertEquals(LearningNeurons.names(neuron).length + 1, expected.size());
        assertSame(expected, actual, 1e-5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldAddUpChannelsThatShareAValue(DifferentiableDynamics neuron) {
    for (BackpropRule rule : List.of(new SpatioTemporalBackprop(), new RateBackprop(SURROGATE))) {
      Map<String, double[]> ofLayer = gradients(neuron, rule, false);
      Map<String, double[]> sums = new TreeMap<>();
      gradients(neuron, rule, true)
          .forEach((name, each) -> sums.put(name, new double[] {Arrays.stream(each).sum()}));
      assertSame(ofNeurons(ofLayer), ofNeurons(sums), 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldNotDependOnSegments(DifferentiableDynamics neuron) {
    SpatioTemporalBackprop rule = new SpatioTemporalBackprop(SURROGATE);
    Map<String, double[]> segments = gradients(neuron, rule.withSegments(4), true);
    assertSame(ofNeurons(gradients(neuron, rule, true)), ofNeurons(segments), 1e-6);
  }

  /**
   * Weights and threshold of a layer without bias can be scaled together and nothing changes, so
   * what the loss gains by the weights it loses by the threshold: Σ w · ∂L/∂w + θ · ∂L/∂θ = 0.
   */
  @ParameterizedTest
  @MethodSource("scaling")
  void shouldBalanceWeightsAndThresholdUnderAccumulatedFlow(DifferentiableDynamics neuron) {
    for (boolean perChannel : new boolean[] {false, true}) {
      for (AsfBackprop rule : List.of(new AsfBackprop(), new AsfBackprop().withSaturationGate())) {
        MultiLayerNetwork network =
            LearningNeurons.thresholds(neuron, rule, perChannel, DataType.DOUBLE);
        compute(network);
        INDArray weights = network.getLayer(1).getParam(Synapse.WEIGHT);
        INDArray products = weights.mul(gradient(network, Synapse.WEIGHT)).sum(0);
        double[] expected = products.toDoubleVector();
        double[] ofFree = gradient(network, "freeThreshold").toDoubleVector();
        double[] free = network.getLayer(1).getParam("freeThreshold").toDoubleVector();
        double[] actual = new double[ofFree.length];
        for (int i = 0; i < actual.length; i++) {
          double theta = Math.log1p(Math.exp(free[i]));
          double slope = 1 / (1 + Math.exp(-free[i]));
          actual[i] = -theta * ofFree[i] / slope;
        }
        if (!perChannel) {
          expected = new double[] {Arrays.stream(expected).sum()};
        }
        assertTrue(Arrays.stream(expected).anyMatch(value -> Math.abs(value) > 1e-3));
        // Features, and so the flow that weights are multiplied by, have single precision.
        assertArrayEquals(expected, actual, 1e-7);
      }
    }
  }

  private static void compute(MultiLayerNetwork network) {
    DataType type = network.params().dataType();
    Networks.backprop(network, DATA.getFeatures().castTo(type), DATA.getLabels().castTo(type));
  }

  private static INDArray gradient(MultiLayerNetwork network, String name) {
    return network.gradient().getGradientFor("1_" + name).dup('c');
  }

  private static Map<String, double[]> gradients(
      DifferentiableDynamics neuron, BackpropRule rule, boolean perChannel) {
    Nd4j.getRandom().setSeed(1);
    MultiLayerNetwork network = LearningNeurons.network(neuron, rule, perChannel, DataType.FLOAT);
    compute(network);
    Map<String, double[]> gradients = new TreeMap<>();
    network.getLayer(1).paramTable().keySet().stream()
        .filter(name -> name.startsWith("free") || name.equals(Synapse.WEIGHT))
        .forEach(name -> gradients.put(name, gradient(network, name).ravel().toDoubleVector()));
    return gradients;
  }

  private static Map<String, double[]> ofNeurons(Map<String, double[]> gradients) {
    gradients.remove(Synapse.WEIGHT);
    return gradients;
  }

  private static void assertSame(
      Map<String, double[]> expected, Map<String, double[]> actual, double tolerance) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, values) -> {
          double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
          assertTrue(largest > 1e-4, name);
          assertArrayEquals(values, actual.get(name), Math.min(1, largest) * tolerance, name);
        });
  }
}
