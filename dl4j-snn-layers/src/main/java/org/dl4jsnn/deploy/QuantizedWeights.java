package org.dl4jsnn.deploy;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights as integers times a power of two for every output channel (equation 36 of
 * docs/mathematics.md), the form that neuromorphic chips hold them in.
 */
public final class QuantizedWeights {

  private final long[] shape;
  private final int[] values;
  private final int[] exponents;
  private final int perChannel;

  /**
   * Weights.
   *
   * @param shape of the weights
   * @param values the integers in order c
   * @param exponents e of every output channel: an integer of 1 stands for 2ᵉ
   * @param perChannel values between two output channels, in order c
   */
  QuantizedWeights(long[] shape, int[] values, int[] exponents, int perChannel) {
    this.shape = shape;
    this.values = values;
    this.exponents = exponents;
    this.perChannel = perChannel;
  }

  /**
   * The shape of the weights.
   *
   * @return sizes of the axes
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * The integers.
   *
   * @return a copy, in order c
   */
  public int[] values() {
    return values.clone();
  }

  /**
   * The powers of two.
   *
   * @return for every output channel e: an integer of 1 stands for 2ᵉ
   */
  public int[] exponents() {
    return exponents.clone();
  }

  /** Values between two output channels, in order c. */
  int perChannel() {
    return perChannel;
  }

  /** For every output channel whether one of its integers is not zero. */
  boolean[] hasWeights() {
    boolean[] has = new boolean[exponents.length];
    for (int i = 0; i < values.length; i++) {
      has[i / perChannel % exponents.length] |= values[i] != 0;
    }
    return has;
  }

  /**
   * The weights that the integers stand for, all of them exact in single precision.
   *
   * @return an array of the shape, in order c
   */
  public INDArray toArray() {
    float[] weights = new float[values.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.scalb((float) values[i], exponents[i / perChannel % exponents.length]);
    }
    return Nd4j.create(weights, shape, 'c').castTo(DataType.FLOAT);
  }
}
