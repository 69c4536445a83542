package org.dl4jsnn.runtime;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The measures of an early answer, and their limits. */
class EarlyExitTest {

  private static final double TINY = 1e-12;

  @Test
  void shouldMeasureAnswers() {
    double[] outputs = {0.1, 0.6, 0.3};
    assertEquals(0.3, EarlyExit.Measure.LEAD.of(outputs), TINY);
    assertEquals(0.6, EarlyExit.Measure.CONFIDENCE.of(outputs), TINY);
    double entropy = -0.1 * Math.log(0.1) - 0.6 * Math.log(0.6) - 0.3 * Math.log(0.3);
    assertEquals(entropy, EarlyExit.Measure.ENTROPY.of(outputs), TINY);
    assertEquals(0, EarlyExit.Measure.ENTROPY.of(0, 1, 0), TINY);
    assertEquals(7, EarlyExit.Measure.LEAD.of(-4, 3, -9), TINY);
    assertEquals(0, EarlyExit.Measure.LEAD.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  @Test
  void shouldCountOneOutputAsTwoClasses() {
    for (EarlyExit.Measure measure : EarlyExit.Measure.values()) {
      assertEquals(measure.of(0.8, 0.2), measure.of(0.8), TINY);
      assertEquals(measure.of(0.8, 0.2), measure.of(0.2), TINY);
    }
  }

  @Test
  void shouldBeSureAtItsLimitButNotBeforeItsLeastSteps() {
    assertTrue(EarlyExit.lead(0.5).isSure(1, 0.75, 0.25));
    assertFalse(EarlyExit.lead(0.51).isSure(1, 0.75, 0.25));
    assertTrue(EarlyExit.confidence(0.75).isSure(1, 0.75, 0.25));
    assertTrue(EarlyExit.entropy(Math.log(2)).isSure(1, 0.5, 0.5));
    assertFalse(EarlyExit.entropy(0.6).isSure(1, 0.5, 0.5));
    assertFalse(EarlyExit.lead(0).notBefore(3).isSure(2, 1, 0));
    assertTrue(EarlyExit.lead(0).notBefore(3).isSure(3, 1, 0));
    assertFalse(EarlyExit.never().isSure(100, 1, 0));
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverBeSureOfNaN(EarlyExit.Measure measure) {
    assertFalse(EarlyExit.of(measure, 1).isSure(9, Double.NaN, 1));
    assertFalse(EarlyExit.of(measure, 0).isSure(9, Double.NaN));
  }

  @Test
  void shouldRefuseWhatIsNoProbability() {
    for (double[] outputs : new double[][] {{0.5, 0.4}, {1.5, -0.5}, {3}}) {
      assertRefused(
          "outputs must be probabilities", () -> EarlyExit.confidence(0).isSure(1, outputs));
      assertRefused("outputs must be probabilities", () -> EarlyExit.entropy(0).isSure(1, outputs));
      assertTrue(EarlyExit.lead(0).isSure(1, outputs));
    }
    assertMessage("outputs must be at least one, got none", () -> EarlyExit.lead(0).isSure(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseLimits(double limit) {
    assertRefused("lead must be finite and not negative, got", () -> EarlyExit.lead(limit));
    assertRefused("entropy must be finite and not negative, got", () -> EarlyExit.entropy(limit));
    assertRefused("confidence must be ", () -> EarlyExit.confidence(limit));
  }

  @Test
  void shouldBeAValue() {
    assertEquals(EarlyExit.lead(0.5).notBefore(2), EarlyExit.lead(0.5).notBefore(2));
    assertEquals(EarlyExit.lead(0.5).hashCode(), EarlyExit.lead(0.5).hashCode());
    assertNotEquals(EarlyExit.lead(0.5), EarlyExit.confidence(0.5));
    assertNotEquals(EarlyExit.lead(0.5), EarlyExit.lead(0.5).notBefore(2));
    assertEquals(
        "lead at least 0.5, not before step 2", EarlyExit.lead(0.5).notBefore(2).toString());
    assertEquals("entropy at most 0.3", EarlyExit.entropy(0.3).toString());
    assertEquals("never", EarlyExit.never().toString());
    assertMessage(
        "steps must be a whole number of at least 1, got 0", () -> EarlyExit.lead(1).notBefore(0));
  }
}
