package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.neuron.Unrecognised;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What training warns of in the surrogate of spatio-temporal backpropagation. */
class DoubtedSurrogatesTest {

  private static final int STEPS = 25;
  private static final SpikingNeuron SUBTRACTING =
      new SpikingNeuron(1, 0.9, Reset.bySubtraction(), 0);
  private static final SpikingNeuron TO_ZERO = SpikingNeuron.leakyIntegrateAndFire(1, 0.9);

  private static List<String> warnings(
      DifferentiableDynamics neuron, BackpropRule rule, int steps) {
    try (LogOf log = new LogOf("org.dl4jsnn.internal.layer.TrainingWatch")) {
      MultiLayerNetwork network = network(neuron, rule, steps);
      INDArray features = Nd4j.rand(4, 10);
      network.output(features);
      assertEquals(List.of(), log.messages(Level.WARN));
      network.fit(features, Nd4j.zeros(4, 2));
      network.fit(features, Nd4j.zeros(4, 2));
      return log.messages(Level.WARN);
    }
  }

  private static MultiLayerNetwork network(
      DifferentiableDynamics neuron, BackpropRule rule, int steps) {
    return Networks.of(
        Networks.seeded(1).updater(new Sgd(0)),
        InputType.feedForward(10),
        SpikeEncoding.direct(steps).build(),
        new SpikingDense.Builder().name("dense").nOut(6).backprop(rule).neuron(neuron).build(),
        Networks.readOut(2));
  }

  private static void assertDoubt(String part, List<String> warnings) {
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).startsWith("layer 'dense' (SpikingDense): "), warnings.get(0));
    assertTrue(warnings.get(0).contains(part), warnings.get(0));
  }

  /** β = 0.9 and fast_sigmoid(slope=25) of snnTorch: 0.9 · (12.5 − 1) per step. */
  @Test
  void shouldWarnOfConstantsThatNeedDetachedResets() {
    SpatioTemporalBackprop rule = new SpatioTemporalBackprop(Surrogate.fastSigmoidOfSlope(25));
    List<String> warnings = warnings(SUBTRACTING, rule, STEPS);
    assertDoubt("by at most 1, got up to 10.4", warnings);
    assertDoubt("over 25 steps", warnings);
    assertDoubt("Use .withDetachedReset()", warnings);
    assertEquals(List.of(), warnings(SUBTRACTING, rule.withDetachedReset(), STEPS));
    assertEquals(List.of(), warnings(SUBTRACTING, rule, 2), "two steps grow by little");
  }

  @Test
  void shouldWarnOfASlopeTakenForAWidth() {
    List<String> warnings =
        warnings(TO_ZERO, new SpatioTemporalBackprop(Surrogate.fastSigmoid(25)), STEPS);
    assertDoubt("should be about that of the threshold, 1.0, got 25.0", warnings);
    assertDoubt("such as fastSigmoidOfSlope(slope)", warnings);
    SpikingNeuron large = new SpikingNeuron(40, 0.9, Reset.toZero(), 0);
    assertEquals(
        List.of(), warnings(large, new SpatioTemporalBackprop(Surrogate.fastSigmoid(25)), STEPS));
  }

  @Test
  void shouldWarnOfHardResetsWhoseExactGradientGrows() {
    BackpropRule narrow = new SpatioTemporalBackprop(Surrogate.arctan(0.25)).withAttachedReset();
    assertDoubt("got up to", warnings(TO_ZERO, narrow, STEPS));
    BackpropRule exact =
        new SpatioTemporalBackprop(Surrogate.arctan(1)).withWidthInThresholds().withAttachedReset();
    SpikingNeuron free = SpikingNeuron.integrateAndFire(1);
    assertEquals(List.of(), warnings(free, exact, 32));
    assertDoubt("over 1000 steps", warnings(free, exact, 1000));
    assertEquals(List.of(), warnings(TO_ZERO, exact, 1000), "the leak outweighs the growth");
  }

  @Test
  void shouldFindItInNeuronsOfEveryKind() {
    BackpropRule narrow =
        new SpatioTemporalBackprop(Surrogate.sigmoidOfSlope(25)).withAttachedReset();
    for (DifferentiableDynamics neuron :
        List.of(
            new AdaptiveNeuron(SUBTRACTING, 0.1, 0.9),
            new SynapticNeuron(SUBTRACTING, 0.8),
            new RefractoryNeuron(SUBTRACTING, 2),
            new Unrecognised(SUBTRACTING))) {
      assertDoubt("got up to 4.7", warnings(neuron, narrow, STEPS));
    }
    IntegerNeuron whole =
        new IntegerNeuron(
            new int[] {1, 1, 1, 1, 1, 3}, new int[] {4096}, true, new int[] {0}, new int[] {0});
    assertDoubt("got up to 17.", warnings(whole, narrow, STEPS));
  }

  static Stream<DifferentiableDynamics> usual() {
    return Stream.of(SUBTRACTING, TO_ZERO, SpikingNeuron.integrateAndFire(1))
        .flatMap(
            membrane ->
                Stream.of(
                    membrane,
                    membrane.withThreshold(0.01),
                    membrane.withThreshold(64),
                    new AdaptiveNeuron(membrane, 0.2, 0.9),
                    new SynapticNeuron(membrane, 0.8),
                    new RefractoryNeuron(membrane, 2)));
  }

  @ParameterizedTest
  @MethodSource("usual")
  void shouldSayNothingOfTheDefault(DifferentiableDynamics neuron) {
    assertEquals(List.of(), warnings(neuron, new SpatioTemporalBackprop(), 500));
    assertEquals(
        List.of(),
        warnings(
            neuron,
            new SpatioTemporalBackprop(Surrogate.triangular(0.5)).withWidthInThresholds(),
            500));
  }
}
