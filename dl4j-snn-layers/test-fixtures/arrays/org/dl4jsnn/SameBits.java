package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares arrays bit for bit; {@link INDArray#equals} ignores differences of up to 1e-5. */
public final class SameBits {

  private SameBits() {}

  /** Arrays have the same type, shape and bits, or are both null. */
  public static void assertSameBits(INDArray expected, INDArray got) {
    assertSameBits(expected, got, "");
  }

  /**
   * Arrays have the same type, shape and bits, or are both null.
   *
   * @param what the arrays, for messages
   */
  public static void assertSameBits(INDArray expected, INDArray got, String what) {
    if (expected == null) {
      assertNull(got, what);
      return;
    }
    assertEquals(expected.dataType(), got.dataType(), what);
    assertArrayEquals(expected.shape(), got.shape(), what);
    assertArrayEquals(numbers(expected), numbers(got), what);
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
