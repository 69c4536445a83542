package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NirTensorTest {

  @Test
  void shouldFillAnyShape() {
    assertArrayEquals(new int[] {2, 3}, NirTensor.full(new int[] {2, 3}, 0.5f).shape());
    assertArrayEquals(new int[0], NirTensor.full(new int[0], 0.5f).shape());
  }

  @Test
  void shouldRefuseShapesThatNoArrayHolds() {
    assertRefuses(
        "shape of a tensor must hold at most 2147483647 values, got [65536, 65536, 65536, 65536]",
        65536,
        65536,
        65536,
        65536);
    assertRefuses("size of an axis must be a whole number of at least 1, got 0", 2, 0);
  }

  private static void assertRefuses(String message, int... shape) {
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> NirTensor.full(shape, 1));
    assertEquals(message, refusal.getMessage());
  }
}
