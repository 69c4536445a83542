package org.dl4jsnn.nir;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * Numbers of a node, in order c, in single or in double precision. Programs that write neurons in
 * double precision compute with them in double precision when they read them. Immutable.
 */
public final class NirTensor {

  private final int[] shape;
  private final double[] values;
  private final boolean single;

  private NirTensor(int[] shape, double[] values, boolean single) {
    this.shape = shape;
    this.values = values;
    this.single = single;
  }

  /**
   * A tensor.
   *
   * @param shape sizes of the axes, each at least 1; none for a single number
   * @param values as many as the shape has, in order c
   * @return the tensor
   * @throws IllegalArgumentException if a size is below 1, or there are more or fewer values
   */
  public static NirTensor of(int[] shape, float... values) {
    requireCount(shape, values.length);
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return new NirTensor(shape.clone(), doubles, true);
  }

  /**
   * A tensor in double precision.
   *
   * @param shape sizes of the axes, each at least 1; none for a single number
   * @param values as many as the shape has, in order c
   * @return the tensor
   * @throws IllegalArgumentException if a size is below 1, or there are more or fewer values
   */
  public static NirTensor ofDoubles(int[] shape, double... values) {
    requireCount(shape, values.length);
    return new NirTensor(shape.clone(), values.clone(), false);
  }

  private static void requireCount(int[] shape, int values) {
    long count = 1;
    for (int size : shape) {
      Require.atLeast("size of an axis", size, 1);
      count *= size;
    }
    if (count != values) {
      throw new IllegalArgumentException(
          "values of a tensor of shape "
              + Arrays.toString(shape)
              + " must be "
              + count
              + ", got "
              + values);
    }
  }

  /**
   * A tensor of one value everywhere, in single precision.
   *
   * @param shape sizes of the axes, each at least 1
   * @param value the value
   * @return the tensor
   * @throws IllegalArgumentException if a size is below 1
   */
  public static NirTensor full(int[] shape, float value) {
    int count = 1;
    for (int size : shape) {
      Require.atLeast("size of an axis", size, 1);
      count = Math.multiplyExact(count, size);
    }
    double[] values = new double[count];
    Arrays.fill(values, value);
    return new NirTensor(shape.clone(), values, true);
  }

  /**
   * The sizes of the axes.
   *
   * @return a copy; empty for a single number
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * The size of an axis.
   *
   * @param axis which
   * @return its size
   */
  public int size(int axis) {
    return shape[axis];
  }

  /**
   * How many axes there are.
   *
   * @return the rank; 0 for a single number
   */
  public int rank() {
    return shape.length;
  }

  /**
   * Whether the numbers are in single precision.
   *
   * @return false in double precision
   */
  public boolean isSingle() {
    return single;
  }

  /**
   * The numbers in single precision.
   *
   * @return a copy, in order c
   */
  public float[] values() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /**
   * The numbers in the precision that they have.
   *
   * @return a copy, in order c
   */
  public double[] doubles() {
    return values.clone();
  }

  /**
   * How many numbers there are.
   *
   * @return the product of the sizes
   */
  public int length() {
    return values.length;
  }

  /**
   * A number in single precision.
   *
   * @param index in order c
   * @return the number
   */
  public float get(int index) {
    return (float) values[index];
  }

  /**
   * A number in the precision that it has.
   *
   * @param index in order c
   * @return the number
   */
  public double getDouble(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NirTensor tensor
        && single == tensor.single
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return (single ? "" : "double ") + "tensor of shape " + Arrays.toString(shape);
  }
}
