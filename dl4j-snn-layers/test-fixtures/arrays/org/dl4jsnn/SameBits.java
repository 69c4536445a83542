package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

  /** Arrays have the same types, shapes and bits. */
  public static void assertSameBits(List<INDArray> expected, List<INDArray> got, String what) {
    assertEquals(expected.size(), got.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      assertSameBits(expected.get(i), got.get(i), what + " " + i);
    }
  }

  /** An array holds finite numbers. */
  public static void assertFinite(INDArray array, String what) {
    for (double value : numbers(array)) {
      assertTrue(Double.isFinite(value), () -> what + ": " + value);
    }
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
