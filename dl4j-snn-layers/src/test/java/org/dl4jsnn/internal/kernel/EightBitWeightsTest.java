package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EightBitWeightsTest {

  private static final int FIRST = KernelProvider.FIRST_WEIGHT;

  @Test
  void shouldRecognizeWholeNumbersTimesPowersOfTwo() {
    Optional<EightBitWeights> weights = of(2, 127, -0.5f, 3, 0, 1, 31.5f, -127, 0);
    assertArrayEquals(new float[] {1, 0.25f, 1, 1}, weights.get().scale());
    // Vectors of two channels: the first pair holds channels 0 and 2, the second 1 and 3.
    int[] pairs = weights.get().pairs(2);
    assertEquals(127 + (3 << 16), pairs[FIRST]);
    assertEquals(-2, pairs[FIRST + 1]);
    assertEquals(1 - (127 << 16), pairs[FIRST + 2]);
    assertEquals(126, pairs[FIRST + 3]);
    assertTrue(weights.get().divide(5f));
    assertFalse(weights.get().divide(5.5f));
    assertTrue(weights.get().divide(new float[] {5, 5.25f, 5, 5}));
    assertFalse(weights.get().divide(new float[] {5, 5.25f, 5.5f, 5}));
    assertTrue(weights.get().divide(new float[0]));
  }

  @Test
  void shouldRefuseAnythingElse() {
    assertTrue(of(1, 0.1f).isEmpty());
    assertTrue(of(1, Float.NaN).isEmpty());
    assertTrue(of(1, Float.POSITIVE_INFINITY).isEmpty());
    assertTrue(of(1, Float.MIN_NORMAL).isEmpty());
    // 127.5 and 1/64 have few bits each, and no power of two between them.
    assertTrue(of(2, 127.5f, 0.015625f).isEmpty());
    assertTrue(of(2, 64, 64).isPresent());
    assertEquals(1, of(2, 0, 0).get().scale()[0]);
  }

  private static Optional<EightBitWeights> of(int rows, float... values) {
    float[] weights = new float[FIRST + values.length];
    System.arraycopy(values, 0, weights, FIRST, values.length);
    return EightBitWeights.of(weights, rows, values.length / rows);
  }
}
