package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Free numbers stand only for values within bounds. */
class ParameterBoundsTest {

  private static final List<ParameterBounds> ALL =
      List.of(
          new ParameterBounds(0, 1),
          new ParameterBounds(-2, 0.5),
          new ParameterBounds(0, Double.POSITIVE_INFINITY),
          new ParameterBounds(0.3, Double.POSITIVE_INFINITY));

  @Test
  void shouldGoBackAndForth() {
    for (ParameterBounds bounds : ALL) {
      for (double free : new double[] {-8, -1, -1e-9, 0, 0.3, 2, 12}) {
        assertEquals(free, bounds.free(bounds.value(free)), 1e-9 * Math.exp(12), bounds.toString());
      }
    }
    assertEquals(0, new ParameterBounds(0, 1).free(0.5), 0);
    assertEquals(0.9, new ParameterBounds(0, 1).value(Math.log(9)), 1e-15);
    assertEquals(Math.log(Math.E - 1), ALL.get(2).free(1), 1e-15);
  }

  @Test
  void shouldStayWithinBoundsInSinglePrecisionWhateverTheFreeNumber() {
    for (ParameterBounds bounds : ALL) {
      for (double free : new double[] {-1e300, -1e4, -104, -17, 17, 40, 1e4, 3e38, 1e300}) {
        float value = (float) bounds.value(free);
        assertTrue(value > (float) bounds.lower(), bounds + " of " + free + " is " + value);
        assertTrue(value <= bounds.upper(), bounds + " of " + free + " is " + value);
        assertTrue(Float.isFinite(value), bounds + " of " + free + " is " + value);
      }
    }
  }

  @Test
  void shouldHaveTheSlopeOfDifferences() {
    double h = 1e-5;
    for (ParameterBounds bounds : ALL) {
      for (double free : new double[] {-5, -1, 0, 0.4, 6}) {
        double expected = (bounds.value(free + h) - bounds.value(free - h)) / (2 * h);
        assertEquals(expected, bounds.slope(free), 1e-9, bounds + " at " + free);
      }
    }
  }

  @Test
  void shouldRefuseWhatCannotBeLearned() {
    assertMessage(
        "leak must begin between 0.0 and 1.0 to be learned, got 1.0. Possible cause: the default,"
            + " which stands for none",
        () -> SpikingNeuron.integrateAndFire(1).parameters().get(1).free());
    NeuronParameter leak = SpikingNeuron.leakyIntegrateAndFire(1, 0.9).parameters().get(1);
    assertBegins(
        "learned leak must come from a finite number, got NaN",
        () -> leak.learned(new double[] {0, Double.NaN}));
    assertThrows(IllegalArgumentException.class, () -> leak.within(1, 1));
    assertThrows(IllegalArgumentException.class, () -> leak.within(Double.NaN, 1));
  }
}
