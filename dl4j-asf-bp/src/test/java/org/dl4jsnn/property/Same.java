package org.dl4jsnn.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Comparisons to the last bit; that of arrays themselves allows a difference of 1e-5. */
final class Same {

  private Same() {}

  static void bits(INDArray expected, INDArray actual, String what) {
    assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
    assertArrayEquals(doubles(expected), doubles(actual), what);
  }

  static void bits(List<INDArray> expected, List<INDArray> actual, String what) {
    assertEquals(expected.size(), actual.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      bits(expected.get(i), actual.get(i), what + " " + i);
    }
  }

  static void finite(INDArray array, String what) {
    for (double value : doubles(array)) {
      assertTrue(Double.isFinite(value), () -> what + ": " + value);
    }
  }

  private static double[] doubles(INDArray array) {
    return array.dup('c').castTo(DataType.DOUBLE).data().asDouble();
  }
}
