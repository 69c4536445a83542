package org.dl4jsnn.event.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogarithmTest {

  @Test
  void shouldBeTheNaturalLogarithm() {
    for (float value = 1e-6f; value < 100; value *= 1.00037f) {
      double expected = Math.log(value);
      assertEquals(expected, Logarithm.of(value), 1e-9 + 1e-7 * Math.abs(expected));
    }
    assertEquals(0, Logarithm.of(1));
  }
}
