package org.dl4jsnn.internal;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RequireTest {

  @Test
  void shouldNameParameterRuleAndValue() {
    assertMessage(
        "threshold must be positive and finite, got -0.5",
        () -> Require.positiveFinite("threshold", -0.5));
    assertMessage(
        "threshold must be positive and finite, got Infinity",
        () -> Require.positiveFinite("threshold", Double.POSITIVE_INFINITY));
    assertMessage("value must be finite, got NaN", () -> Require.finite("value", Double.NaN));
    assertMessage(
        "leak must be above 0 and at most 1, got 1.5", () -> Require.fraction("leak", 1.5));
    assertMessage(
        "steps must be a whole number of at least 1, got 0", () -> Require.atLeast("steps", 0, 1));
    assertMessage(
        "leg must be a whole number of at most 2147483647, got 3000000000",
        () -> Require.atLeast("leg", 3_000_000_000L, 1));
    assertMessage("bits must be from 2 to 16, got 17", () -> Require.within("bits", 17, 2, 16));
    assertMessage("bits must be from 2 to 16, got 1", () -> Require.within("bits", 1, 2, 16));
    assertMessage(
        "a minibatch must have at most 2147483647 values, got 2147483648. Use less",
        () -> Require.room("a minibatch", 1L << 31, "Use less"));
  }

  @Test
  void shouldReturnGoodValues() {
    assertEquals(0.5, Require.positiveFinite("threshold", 0.5));
    assertEquals(1, Require.fraction("leak", 1));
    assertEquals(-3, Require.finite("value", -3));
    assertEquals(7, Require.atLeast("steps", 7, 1));
    assertEquals(2, Require.within("bits", 2, 2, 16));
    assertEquals(16, Require.within("bits", 16, 2, 16));
  }
}
