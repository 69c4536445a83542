package org.dl4jsnn.plot;

import java.util.List;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks that numbers can be drawn. */
final class FiniteValues {

  private FiniteValues() {}

  /** The values of an array in C order. */
  static double[] of(String name, INDArray array) {
    Require.given(name, array);
    return of(name, array.dup('c').data().asDouble());
  }

  /** The values of a list. */
  static double[] of(String name, List<? extends Number> list) {
    Require.given(name, list);
    return of(name, list.stream().mapToDouble(Number::doubleValue).toArray());
  }

  /** The values, if all can be drawn. */
  static double[] of(String name, double[] values) {
    Require.not(values.length == 0, "%s must hold at least one value, got none", name);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s must be finite, got %s at index %s. Possible cause: the training diverged"
                .formatted(name, values[i], i));
      }
    }
    return values;
  }
}
