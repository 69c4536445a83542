package org.dl4jsnn.nir;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/** Numbers of a node in single precision, in order c. Immutable. */
public final class NirTensor {

  private final int[] shape;
  private final float[] values;

  private NirTensor(int[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
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
    long count = 1;
    for (int size : shape) {
      Require.atLeast("size of an axis", size, 1);
      count *= size;
    }
    if (count != values.length) {
      throw new IllegalArgumentException(
          "values of a tensor of shape "
              + Arrays.toString(shape)
              + " must be "
              + count
              + ", got "
              + values.length);
    }
    return new NirTensor(shape.clone(), values.clone());
  }

  /**
   * A tensor of one value everywhere.
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
    float[] values = new float[count];
    Arrays.fill(values, value);
    return new NirTensor(shape.clone(), values);
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
   * The numbers.
   *
   * @return a copy, in order c
   */
  public float[] values() {
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
   * A number.
   *
   * @param index in order c
   * @return the number
   */
  public float get(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NirTensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "tensor of shape " + Arrays.toString(shape);
  }
}
