package org.dl4jsnn.nir;

import java.util.Arrays;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.Require;

/**
 * Numbers of a node, in C order, in single or double precision. Programs that write neurons in
 * double precision also read and compute them in double precision. Immutable.
 */
public final class NirTensor {

  private final int[] shape;

  /** In single precision, or null. */
  private final float[] singles;

  /** In double precision, or null. */
  private final double[] doubles;

  private NirTensor(int[] shape, float[] singles, double[] doubles) {
    this.shape = shape;
    this.singles = singles;
    this.doubles = doubles;
  }

  /**
   * {@return a tensor}
   *
   * @param shape sizes of the axes, each at least 1; none for a single number
   * @param values as many values as the shape holds, in C order
   * @throws IllegalArgumentException if a size is below 1 or the number of values is wrong
   */
  public static NirTensor of(int[] shape, float... values) {
    requireCount(shape, values.length);
    return new NirTensor(shape.clone(), values.clone(), null);
  }

  /**
   * {@return a tensor in double precision}
   *
   * @param shape sizes of the axes, each at least 1; none for a single number
   * @param values as many values as the shape holds, in C order
   * @throws IllegalArgumentException if a size is below 1 or the number of values is wrong
   */
  public static NirTensor ofDoubles(int[] shape, double... values) {
    requireCount(shape, values.length);
    return new NirTensor(shape.clone(), null, values.clone());
  }

  private static long count(int[] shape) {
    for (int size : shape) {
      Require.atLeast("size of an axis", size, 1);
    }
    return Require.product(shape);
  }

  private static void requireCount(int[] shape, int values) {
    long count = count(shape);
    Require.not(
        count != values,
        "values of a tensor of shape %s must be %s, got %s",
        Arrays.toString(shape),
        count,
        values);
  }

  /**
   * {@return a tensor of one value everywhere, in single precision}
   *
   * @param shape sizes of the axes, each at least 1
   * @param value the value
   * @throws IllegalArgumentException if a size is below 1, or the shape holds more values than an
   *     array can
   */
  public static NirTensor full(int[] shape, float value) {
    long count = count(shape);
    Require.not(
        count > Integer.MAX_VALUE,
        "shape of a tensor must hold at most %s values, got %s",
        Integer.MAX_VALUE,
        Arrays.toString(shape));
    float[] values = new float[(int) count];
    Arrays.fill(values, value);
    return new NirTensor(shape.clone(), values, null);
  }

  /** {@return the sizes of the axes; a copy; empty for a single number} */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * {@return the size of an axis}
   *
   * @param axis the index of the axis
   */
  public int size(int axis) {
    return shape[axis];
  }

  /** {@return the number of axes; 0 for a single number} */
  public int rank() {
    return shape.length;
  }

  /** {@return whether the numbers are in single precision, not in double} */
  public boolean isSingle() {
    return singles != null;
  }

  /** {@return the numbers in single precision, a copy in C order} */
  public float[] values() {
    return isSingle() ? singles.clone() : Precision.singles(doubles);
  }

  /** {@return the numbers in their own precision, a copy in C order} */
  public double[] doubles() {
    return isSingle() ? Precision.doubles(singles) : doubles.clone();
  }

  /** {@return the number of values} */
  public int length() {
    return isSingle() ? singles.length : doubles.length;
  }

  /**
   * {@return a number in single precision}
   *
   * @param index in C order
   */
  public float get(int index) {
    return isSingle() ? singles[index] : (float) doubles[index];
  }

  /**
   * {@return a number in its own precision}
   *
   * @param index in C order
   */
  public double getDouble(int index) {
    return isSingle() ? singles[index] : doubles[index];
  }

  /** The first number everywhere, in its precision. */
  NirTensor spread(int... shape) {
    if (isSingle()) {
      return full(shape, singles[0]);
    }
    double[] values = new double[Math.toIntExact(Require.product(shape))];
    Arrays.fill(values, doubles[0]);
    return ofDoubles(shape, values);
  }

  /** Checks that there are enough axes. */
  NirTensor requireAxes(String name, int least) {
    Require.not(rank() < least, "%s must have at least %s axes, got %s", name, least, this);
    return this;
  }

  /** Checks the number of axes. */
  NirTensor requireRank(String name, int rank) {
    Require.not(rank() != rank, "%s must have %s axes, got %s", name, rank, this);
    return this;
  }

  /** Checks that every number is finite. */
  void requireFinite(String name) {
    for (int i = 0; i < length(); i++) {
      if (!Double.isFinite(getDouble(i))) {
        throw new IllegalArgumentException(
            name
                + " must be finite, got "
                + getDouble(i)
                + " at index "
                + i
                + ". Possible cause: training diverged");
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NirTensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(singles, tensor.singles)
        && Arrays.equals(doubles, tensor.doubles);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(singles) + Arrays.hashCode(doubles);
  }

  @Override
  public String toString() {
    return (isSingle() ? "" : "double ") + "tensor of shape " + Arrays.toString(shape);
  }
}
