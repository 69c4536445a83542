package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.neuron.Reset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The default rule's gradients neither explode nor depend on the unit of the threshold. */
class StableGradientsTest {

  static Stream<Arguments> ordinarySettings() {
    return Cases.crossed(
        3,
        List.of(Reset.toZero(), Reset.bySubtraction()),
        List.of(0.01, 0.1, 1.0, 2.5, 4.0, 64.0, 100.0),
        List.of(1.0, 0.5),
        List.of(32, 128, 1024));
  }

  /** Of weights as large as the threshold, so that all thresholds see the same spikes. */
  @ParameterizedTest(name = "reset {0}, threshold {1}, leak {2}, T {3}")
  @MethodSource("ordinarySettings")
  void shouldStaySmallAtAnyThresholdAndLength(
      Reset reset, double threshold, double leak, int steps) {
    double norm = gradient(null, reset, threshold, leak, steps).norm2Number().doubleValue();
    assertTrue(norm > 0 && norm * Math.min(1, threshold) < 500, "norm of the gradient: " + norm);
  }

  /** Weights of the usual size at any threshold: silent or saturated, but finite. */
  @ParameterizedTest(name = "reset {0}, threshold {1}, leak {2}, T {3}")
  @MethodSource("ordinarySettings")
  void shouldStayFiniteWithWeightsOfAnotherSize(
      Reset reset, double threshold, double leak, int steps) {
    MultiLayerNetwork network = network(null, reset, threshold, leak, steps);
    double norm = gradient(network).norm2Number().doubleValue();
    assertTrue(norm < 1e4, "norm of the gradient: " + norm);
  }

  @Test
  void shouldNotDependOnTheUnitOfTheThreshold() {
    INDArray ofOne = weights(gradient(null, Reset.toZero(), 1, 0.9, 20), 0);
    INDArray ofFour = weights(gradient(null, Reset.toZero(), 4, 0.9, 20), 0);
    assertEquals(0, ofOne.sub(ofFour.mul(4)).norm2Number().doubleValue(), 1e-5);
    assertTrue(ofOne.norm2Number().doubleValue() > 1e-3);
  }

  @Test
  void shouldExplodeAsTheExactDerivativeOfANarrowSurrogateDoes() {
    BackpropRule exact = new SpatioTemporalBackprop(Surrogate.arctan(1)).withAttachedReset();
    double norm = gradient(exact, Reset.toZero(), 4, 1, 32).norm2Number().doubleValue();
    assertTrue(norm > 1e3, "norm of the gradient: " + norm);
  }

  private static INDArray weights(INDArray gradient, int first) {
    return gradient
        .reshape(gradient.length())
        .get(org.nd4j.linalg.indexing.NDArrayIndex.interval(first, first + 64 * 32));
  }

  private static INDArray gradient(
      BackpropRule rule, Reset reset, double threshold, double leak, int steps) {
    MultiLayerNetwork network = network(rule, reset, threshold, leak, steps);
    for (int i = 1; i < 3; i++) {
      network.getLayer(i).getParam("W").muli(threshold);
    }
    return gradient(network);
  }

  private static INDArray gradient(MultiLayerNetwork network) {
    Nd4j.getRandom().setSeed(1);
    Networks.backprop(network, Nd4j.rand(8, 64), Nd4j.rand(8, 3));
    return network.gradient().gradient();
  }

  private static MultiLayerNetwork network(
      BackpropRule rule, Reset reset, double threshold, double leak, int steps) {
    MultiLayerConfiguration configuration =
        Networks.list(
                Networks.seeded(1),
                InputType.feedForward(64),
                SpikeEncoding.direct(steps).build(),
                dense(reset, threshold, leak),
                dense(reset, threshold, leak),
                Networks.readOut(3))
            .build();
    if (rule != null) {
      BackpropRules.apply(configuration, rule);
    }
    return Networks.of(configuration);
  }

  private static SpikingDense dense(Reset reset, double threshold, double leak) {
    return new SpikingDense.Builder().nOut(32).reset(reset).threshold(threshold).leak(leak).build();
  }
}
