package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Neurons are values: they return what they were made of, and differ when a setting does. */
class NeuronValuesTest {

  private static final SpikingNeuron LEAKY = new SpikingNeuron(1, 0.5, Reset.to(-0.25), 0.125);

  /** Neurons of one kind, each of which differs from the first in one setting. */
  static Stream<List<Object>> differing() {
    return Stream.of(
        List.of(
            LEAKY,
            LEAKY.withThreshold(2),
            new SpikingNeuron(1, 0.75, Reset.to(-0.25), 0.125),
            LEAKY.withReset(Reset.bySubtraction()),
            new SpikingNeuron(1, 0.5, Reset.to(-0.25), 0)),
        List.of(Reset.to(-0.25), Reset.to(-0.5), Reset.bySubtraction()),
        List.of(Reset.toZero(), Reset.bySubtraction(), Reset.to(-0.0)),
        List.of(
            new SynapticNeuron(LEAKY, 0.5),
            new SynapticNeuron(LEAKY, 0.75),
            new SynapticNeuron(LEAKY.withThreshold(2), 0.5)),
        List.of(
            new AdaptiveNeuron(LEAKY, 0.5, 0.75),
            new AdaptiveNeuron(LEAKY, 0.25, 0.75),
            new AdaptiveNeuron(LEAKY, 0.5, 0.5),
            new AdaptiveNeuron(LEAKY.withThreshold(2), 0.5, 0.75)),
        List.of(
            new RefractoryNeuron(LEAKY, 2),
            new RefractoryNeuron(LEAKY, 3),
            new RefractoryNeuron(LEAKY.withThreshold(2), 2)));
  }

  @ParameterizedTest
  @MethodSource("differing")
  void shouldDifferInEverySetting(List<Object> neurons) {
    Object first = neurons.get(0);
    for (Object other : neurons.subList(1, neurons.size())) {
      assertNotEquals(first, other);
      assertNotEquals(first.hashCode(), other.hashCode());
    }
    assertNotEquals(first, first.toString());
  }

  @Test
  void shouldGiveTheirSettings() {
    assertEquals(1, LEAKY.threshold());
    assertEquals(0.5, LEAKY.leak());
    assertEquals(Reset.to(-0.25), LEAKY.reset());
    assertEquals(0.125, LEAKY.initialMembrane());
    SynapticNeuron synaptic = new SynapticNeuron(LEAKY.withThreshold(3), 0.75);
    assertEquals(LEAKY.withThreshold(3), synaptic.membrane());
    assertEquals(0.75, synaptic.synapticDecay());
    assertEquals(3, synaptic.threshold());
    AdaptiveNeuron adaptive = new AdaptiveNeuron(LEAKY.withThreshold(3), 0.25, 0.75);
    assertEquals(LEAKY.withThreshold(3), adaptive.membrane());
    assertEquals(0.25, adaptive.adaptationStrength());
    assertEquals(0.75, adaptive.adaptationDecay());
    assertEquals(3, adaptive.threshold());
    RefractoryNeuron refractory = new RefractoryNeuron(LEAKY.withThreshold(3), 4);
    assertEquals(LEAKY.withThreshold(3), refractory.membrane());
    assertEquals(4, refractory.refractorySteps());
    assertEquals(3, refractory.threshold());
  }

  @Test
  void shouldNameTheirSettings() {
    String leaky = "threshold 1.0, leak 0.5, reset to -0.25";
    assertEquals(leaky, LEAKY.toString());
    assertEquals("by subtraction", Reset.bySubtraction().toString());
    assertEquals(leaky + ", synaptic decay 0.75", new SynapticNeuron(LEAKY, 0.75).toString());
    assertEquals(
        leaky + ", adaptation of strength 0.25 and decay 0.75",
        new AdaptiveNeuron(LEAKY, 0.25, 0.75).toString());
    assertEquals(leaky + ", refractory for 4 steps", new RefractoryNeuron(LEAKY, 4).toString());
  }

  @Test
  void shouldScaleWithTheThresholdOnlyIfTheyBeginAtAndReturnToZero() {
    assertTrue(SpikingNeuron.integrateAndFire(2).scalesWithThreshold());
    assertFalse(LEAKY.scalesWithThreshold());
    assertFalse(new SpikingNeuron(1, 1, Reset.toZero(), 0.5).scalesWithThreshold());
    assertFalse(new SpikingNeuron(1, 1, Reset.to(0.5), 0).scalesWithThreshold());
    SpikingNeuron scaling = SpikingNeuron.leakyIntegrateAndFire(1, 0.5);
    assertTrue(new SynapticNeuron(scaling, 0.5).scalesWithThreshold());
    assertFalse(new SynapticNeuron(LEAKY, 0.5).scalesWithThreshold());
    assertTrue(new RefractoryNeuron(scaling, 2).scalesWithThreshold());
    assertFalse(new RefractoryNeuron(LEAKY, 2).scalesWithThreshold());
    assertFalse(new AdaptiveNeuron(scaling, 1, 0.5).scalesWithThreshold());
  }

  @Test
  void shouldKeepTheExcessOfSubtractionOnly() {
    SpikingNeuron subtractive = LEAKY.withReset(Reset.bySubtraction());
    assertTrue(subtractive.keepsExcessAtReset());
    assertFalse(LEAKY.keepsExcessAtReset());
    assertTrue(new SynapticNeuron(subtractive, 0.5).keepsExcessAtReset());
    assertFalse(new SynapticNeuron(LEAKY, 0.5).keepsExcessAtReset());
    assertTrue(new AdaptiveNeuron(subtractive, 1, 0.5).keepsExcessAtReset());
    assertFalse(new AdaptiveNeuron(LEAKY, 1, 0.5).keepsExcessAtReset());
    assertTrue(new RefractoryNeuron(subtractive, 1).keepsExcessAtReset());
    assertFalse(new RefractoryNeuron(LEAKY, 1).keepsExcessAtReset());
  }

  @Test
  void shouldSayWhichVariablesASpikeResets() {
    AdaptiveNeuron adaptive = new AdaptiveNeuron(LEAKY, 1, 0.5);
    assertTrue(adaptive.isResetBySpike(0));
    assertFalse(adaptive.isResetBySpike(1));
    assertTrue(LEAKY.isResetBySpike(0));
  }

  @Test
  void shouldAllowAResetToTheThresholdItself() {
    assertEquals(1, new SpikingNeuron(1, 1, Reset.to(1), 0).reset().value());
    assertMessage(
        "reset value must be at most the threshold 1.0, or the neuron fires at every step; got 1.5",
        () -> new SpikingNeuron(1, 1, Reset.to(1.5), 0));
  }

  @Test
  void shouldRefuseWhatSinglePrecisionRoundsAway() {
    assertRefused(
        "threshold in single precision must be", () -> SpikingNeuron.integrateAndFire(1e-300));
    assertRefused(
        "adaptation strength in single precision must be",
        () -> new AdaptiveNeuron(LEAKY, 1e300, 0.5));
    assertRefused(
        "initial current in single precision must be", () -> new StateVariable("current", -1e300));
    assertRefused("initial current must be", () -> new StateVariable("current", Double.NaN));
    assertRefused("membrane of a refractory neuron must be", () -> new RefractoryNeuron(null, 1));
    assertRefused("membrane of an adaptive neuron must be", () -> new AdaptiveNeuron(null, 1, 1));
    assertEquals(1 << 24, new RefractoryNeuron(LEAKY, 1 << 24).refractorySteps());
  }
}
