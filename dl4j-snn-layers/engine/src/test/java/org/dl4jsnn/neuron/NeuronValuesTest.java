package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neurons are values: they return what they were made of, and differ when a setting does. */
class NeuronValuesTest {

  private static final SpikingNeuron LEAKY = new SpikingNeuron(1, 0.5, Reset.to(-0.25), 0.125);

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
  void shouldRefuseWhatSinglePrecisionRoundsAway() {
    assertBegins(
        "threshold in single precision must be", () -> SpikingNeuron.integrateAndFire(1e-300));
    assertBegins(
        "adaptation strength in single precision must be",
        () -> new AdaptiveNeuron(LEAKY, 1e300, 0.5));
    assertBegins(
        "initial current in single precision must be", () -> new StateVariable("current", -1e300));
    assertBegins("initial current must be", () -> new StateVariable("current", Double.NaN));
    assertBegins("membrane of a refractory neuron must be", () -> new RefractoryNeuron(null, 1));
    assertBegins("membrane of an adaptive neuron must be", () -> new AdaptiveNeuron(null, 1, 1));
    assertEquals(1 << 24, new RefractoryNeuron(LEAKY, 1 << 24).refractorySteps());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseThresholds(double threshold) {
    assertBegins("threshold must be", () -> SpikingNeuron.integrateAndFire(threshold));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0001, Double.NaN})
  void shouldRefuseLeaks(double leak) {
    assertBegins("leak must be", () -> new SpikingNeuron(1, leak, Reset.toZero(), 0));
  }

  @Test
  void shouldRefuseResetsThatFireForever() {
    assertEquals(1, new SpikingNeuron(1, 1, Reset.to(1), 0).reset().value());
    assertMessage(
        "reset value must be at most the threshold 1.0, or the neuron fires at every step; got 1.5",
        () -> new SpikingNeuron(1, 1, Reset.to(1.5), 0));
    assertBegins("reset value must be", () -> Reset.to(Double.NaN));
    assertBegins("reset value in single precision must be", () -> Reset.to(-1e300));
  }

  @Test
  void shouldRefuseAnInfiniteInitialMembrane() {
    assertBegins(
        "initial membrane must be",
        () -> new SpikingNeuron(1, 1, Reset.toZero(), Double.NEGATIVE_INFINITY));
    assertBegins(
        "initial membrane in single precision must be",
        () -> new SpikingNeuron(1, 1, Reset.toZero(), 1e300));
  }

  @Test
  void shouldDifferInTheirReset() {
    assertEquals(Reset.to(-0.25).hashCode(), Reset.to(-0.25).hashCode());
    for (Reset other : List.of(Reset.to(-0.5), Reset.bySubtraction(), Reset.to(-0.0))) {
      assertNotEquals(Reset.toZero(), other);
      assertNotEquals(Reset.toZero().hashCode(), other.hashCode());
    }
    assertNotEquals(Reset.toZero(), (Object) Reset.toZero().toString());
  }
}
