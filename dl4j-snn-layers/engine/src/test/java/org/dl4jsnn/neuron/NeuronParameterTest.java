package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NeuronParameterTest {

  private static final NeuronParameter ONE = NeuronParameter.ofLayer("leak", 0.5);
  private static final NeuronParameter EACH = NeuronParameter.ofChannels("leak", 0.5, 0.25, 0.75);

  @Test
  void shouldHoldOneValueOrOneForEachChannel() {
    assertTrue(ONE.isOfLayer());
    assertArrayEquals(new double[] {0.5, 0.5}, ONE.ofChannels(2));
    assertFalse(EACH.isOfLayer());
    assertArrayEquals(new double[] {0.5, 0.25, 0.75}, EACH.ofChannels(3));
    assertMessage(
        "leak must have one value, or one for each of the layer's 2 channels, got 3",
        () -> EACH.ofChannels(2));
    assertEquals(0.5, EACH.mean());
    assertEquals("leak", EACH.name());
    assertEquals("leak 0.5", ONE.toString());
    assertEquals("leak [0.5, 0.25, 0.75]", EACH.toString());
  }

  @Test
  void shouldKnowWhetherAllValuesAreEqual() {
    assertTrue(ONE.isEverywhere(0.5));
    assertFalse(ONE.isEverywhere(0.25));
    assertFalse(EACH.isEverywhere(0.5));
  }

  @Test
  void shouldNotShareItsValues() {
    double[] values = {0.5, 0.25};
    NeuronParameter parameter = NeuronParameter.ofChannels("leak", values);
    values[0] = 9;
    parameter.ofChannels(2)[1] = 9;
    assertArrayEquals(new double[] {0.5, 0.25}, parameter.ofChannels(2));
  }

  @Test
  void shouldBeLearnableWithinBoundsOnly() {
    assertFalse(ONE.isLearnable());
    NeuronParameter learnable = EACH.within(0, 1);
    assertTrue(learnable.isLearnable());
    assertFalse(learnable.isLearned());
    NeuronParameter learned = learnable.learned(learnable.free());
    assertTrue(learned.isLearned());
    assertTrue(learned.isLearnable());
    assertArrayEquals(EACH.ofChannels(3), learned.ofChannels(3), 1e-15);
    assertTrue(learned.within(0, 2).isLearned());
    assertEquals(0.25, learned.slope(0));
  }

  @Test
  void shouldRefuseToLearnFromItsBounds() {
    for (double value : new double[] {0, 1}) {
      NeuronParameter parameter = NeuronParameter.ofLayer("leak", value).within(0, 1);
      assertThrows(IllegalArgumentException.class, parameter::free);
    }
  }

  @Test
  void shouldRefuseValuesThatAreNotFinite() {
    assertBegins(
        "leak must be finite, got NaN", () -> NeuronParameter.ofChannels("leak", 0.5, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> NeuronParameter.ofChannels("leak"));
    assertThrows(IllegalArgumentException.class, () -> NeuronParameter.ofLayer(null, 1));
  }

  @Test
  void shouldBeAValue() {
    NeuronParameter bounded = EACH.within(0, 1);
    NeuronParameter same = NeuronParameter.ofChannels("leak", 0.5, 0.25, 0.75).within(0, 1);
    assertEquals(bounded, same);
    assertEquals(bounded.hashCode(), same.hashCode());
    for (NeuronParameter other :
        new NeuronParameter[] {
          EACH,
          ONE.within(0, 1),
          EACH.within(0, 2),
          EACH.within(-1, 1),
          NeuronParameter.ofChannels("decay", 0.5, 0.25, 0.75).within(0, 1),
          bounded.learned(new double[] {0, 0, 0})
        }) {
      assertNotEquals(bounded, other);
      assertNotEquals(bounded.hashCode(), other.hashCode());
    }
    assertNotEquals(
        NeuronParameter.ofLayer("leak", bounded.slope(0)),
        NeuronParameter.ofLayer("leak", 0.5).within(0, 1).learned(new double[] {0}));
    assertNotEquals(bounded, (Object) "leak");
  }

  @Test
  void shouldNameItsBounds() {
    assertEquals("above 0.0", new ParameterBounds(0, Double.POSITIVE_INFINITY).toString());
    assertEquals("between 0.0 and 1.0", new ParameterBounds(0, 1).toString());
    assertMessage(
        "upper bound must be above the lower one, 1.0, got 1.0", () -> new ParameterBounds(1, 1));
  }
}
