package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpikingNeuronTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseThresholds(double threshold) {
    assertRefused("threshold must be", () -> SpikingNeuron.integrateAndFire(threshold));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0001, Double.NaN})
  void shouldRefuseLeaks(double leak) {
    assertRefused("leak must be", () -> new SpikingNeuron(1, leak, Reset.toZero(), 0));
  }

  @Test
  void shouldRefuseResetsThatFireForever() {
    assertRefused("reset value must be", () -> new SpikingNeuron(1, 1, Reset.to(1.5), 0));
    assertRefused("reset value must be", () -> Reset.to(Double.NaN));
  }

  @Test
  void shouldRefuseAnInfiniteInitialMembrane() {
    assertRefused(
        "initial membrane must be",
        () -> new SpikingNeuron(1, 1, Reset.toZero(), Double.NEGATIVE_INFINITY));
  }

  @Test
  void shouldRefuseWhatIsInfiniteInSinglePrecision() {
    assertRefused(
        "initial membrane in single precision must be",
        () -> new SpikingNeuron(1, 1, Reset.toZero(), 1e300));
    assertRefused("reset value in single precision must be", () -> Reset.to(-1e300));
  }

  @Test
  void shouldBeAValue() {
    SpikingNeuron neuron = new SpikingNeuron(1, 0.9, Reset.bySubtraction(), 0.1);
    assertEquals(neuron, new SpikingNeuron(1, 0.9, Reset.bySubtraction(), 0.1));
    assertEquals(neuron.hashCode(), neuron.withThreshold(1).hashCode());
  }
}
