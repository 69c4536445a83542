package org.dl4jsnn.gradient;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class SpatioTemporalBackpropTest {

  private static final Surrogate SURROGATE = Surrogate.sigmoid(0.5);
  private static final SpatioTemporalBackprop RULE = new SpatioTemporalBackprop(SURROGATE);

  private record Plain() implements BackpropRule {
    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      return rateGradient;
    }
  }

  @Test
  void shouldNameItsSettings() {
    assertEquals(
        "SpatioTemporalBackprop (TriangularSurrogate of width 2.0 thresholds, hard reset detached)",
        new SpatioTemporalBackprop().toString());
    assertEquals(
        "SpatioTemporalBackprop (SigmoidSurrogate of width 0.5, hard reset detached)",
        RULE.toString());
    assertEquals(
        "SpatioTemporalBackprop (SigmoidSurrogate of width 0.5, reset detached, segments of 3"
            + " steps)",
        RULE.withDetachedReset().withSegments(3).toString());
    assertEquals(
        "SpatioTemporalBackprop (SigmoidSurrogate of width 0.5 thresholds, reset attached)",
        RULE.withAttachedReset().withWidthInThresholds().toString());
  }

  @Test
  void shouldDifferInEverySetting() {
    List<BackpropRule> others =
        List.of(
            new SpatioTemporalBackprop(Surrogate.arctan(0.5)),
            RULE.withWidthInThresholds(),
            RULE.withDetachedReset(),
            RULE.withAttachedReset(),
            RULE.withSegments(1));
    for (BackpropRule other : others) {
      assertNotEquals(RULE, other);
      assertNotEquals(RULE.hashCode(), other.hashCode());
    }
    assertEquals(RULE, new SpatioTemporalBackprop(Surrogate.sigmoid(0.5)));
    assertNotEquals(RULE, (Object) RULE.toString());
  }

  @Test
  void shouldRefuseSegmentsWithoutSteps() {
    assertBegins("segment steps must be a whole number of at least 1", () -> RULE.withSegments(0));
    assertThrows(IllegalArgumentException.class, () -> new SpatioTemporalBackprop(null));
  }

  @Test
  void shouldLearnEveryParameterAndRecurrence() {
    SpikingNeuron neuron = SpikingNeuron.integrateAndFire(1);
    assertTrue(RULE.isTimeResolved());
    assertTrue(RULE.learnsRecurrence());
    assertTrue(RULE.isObserving());
    assertEquals(Optional.empty(), RULE.whyNotLearned(neuron, "leak"));
  }

  @Test
  void shouldClaimNothingByDefault() {
    BackpropRule plain = new Plain();
    assertEquals(Map.of(), plain.scalars());
    assertFalse(plain.isTimeResolved());
    assertFalse(plain.learnsRecurrence());
    assertFalse(plain.countsEpochs());
    assertTrue(plain.endsAtSaturation());
    assertFalse(plain.gatesFlow());
    assertFalse(plain.isObserving());
    assertNull(plain.observe(null));
    assertEquals(
        Optional.of("The rule finds no gradients of neurons' parameters"),
        plain.whyNotLearned(SpikingNeuron.integrateAndFire(1), "leak"));
  }
}
