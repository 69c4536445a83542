package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.dl4jsnn.internal.Precision;

/**
 * Arithmetic on all numbers of a node as NumPy does it: in single precision if all operands are,
 * otherwise in double precision.
 */
final class NodeNumbers {

  /** NumPy's relative and absolute tolerance for equal numbers. */
  private static final double RELATIVE = 1e-5;

  private static final double ABSOLUTE = 1e-8;

  private NodeNumbers() {}

  /** One number for all neurons. */
  static List<Double> same(double value) {
    return List.of(value);
  }

  /** The numbers in single precision, as one if all are equal. */
  static List<Double> single(NirTensor tensor) {
    return list(Arrays.stream(tensor.doubles()).map(value -> (float) value).toArray());
  }

  /** The numbers, as one if all are equal. */
  static List<Double> list(double... values) {
    boolean same = Arrays.stream(values).allMatch(value -> value == values[0]);
    return same
        ? List.of(values[0])
        : Collections.unmodifiableList(Arrays.stream(values).boxed().toList());
  }

  /** Applies a function to every number and rounds to the tensor's precision. */
  static NirTensor map(NirTensor tensor, DoubleUnaryOperator function) {
    double[] values = Arrays.stream(tensor.doubles()).map(function).toArray();
    return of(tensor.shape(), values, tensor.isSingle());
  }

  /** Applies a function elementwise to two tensors. */
  static NirTensor map(NirTensor first, NirTensor second, DoubleBinaryOperator function) {
    double[] values = first.doubles();
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(values[i], second.getDouble(i));
    }
    return of(first.shape(), values, first.isSingle() && second.isSingle());
  }

  private static NirTensor of(int[] shape, double[] values, boolean single) {
    return single
        ? NirTensor.of(shape, Precision.singles(values))
        : NirTensor.ofDoubles(shape, values);
  }

  /** A number combined with a tensor, as in NumPy: in the tensor's precision. */
  static double beside(NirTensor tensor, double value) {
    return tensor.isSingle() ? (float) value : value;
  }

  /** In single precision. */
  static NirTensor rounded(NirTensor tensor) {
    return NirTensor.of(tensor.shape(), tensor.values());
  }

  /** Whether two numbers are equal within the tolerance. */
  static boolean isClose(double value, double expected) {
    return Math.abs(value - expected) <= ABSOLUTE + RELATIVE * Math.abs(expected);
  }

  static boolean isClose(NirTensor tensor, double expected) {
    return DoubleStream.of(tensor.doubles()).allMatch(value -> isClose(value, expected));
  }

  /** Refuses numbers that break a rule and names the first. */
  static void require(String name, NirTensor tensor, DoublePredicate holds, String rule) {
    for (double value : tensor.doubles()) {
      if (!holds.test(value)) {
        throw new IllegalArgumentException(name + " must be " + rule + ", got " + value);
      }
    }
  }
}
