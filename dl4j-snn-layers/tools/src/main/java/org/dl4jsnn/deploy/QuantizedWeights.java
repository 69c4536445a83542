package org.dl4jsnn.deploy;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights as integers times a power of two per output channel (equation 36 of docs/mathematics.md),
 * as neuromorphic chips store them.
 */
public final class QuantizedWeights {

  private final long[] shape;
  private final int[] values;
  private final int[] exponents;
  private final int perChannel;

  QuantizedWeights(long[] shape, int[] values, int[] exponents, int perChannel) {
    this.shape = shape;
    this.values = values;
    this.exponents = exponents;
    this.perChannel = perChannel;
  }

  /** {@return the shape of the weights: sizes of the axes} */
  public long[] shape() {
    return shape.clone();
  }

  /** {@return a copy of the integers, in C order} */
  public int[] values() {
    return values.clone();
  }

  /** {@return e for every output channel: an integer of 1 means 2ᵉ} */
  public int[] exponents() {
    return exponents.clone();
  }

  /** The distance between output channels, in C order. */
  int perChannel() {
    return perChannel;
  }

  /** Whether each output channel has a nonzero integer. */
  boolean[] hasWeights() {
    boolean[] has = new boolean[exponents.length];
    for (int i = 0; i < values.length; i++) {
      has[i / perChannel % exponents.length] |= values[i] != 0;
    }
    return has;
  }

  /**
   * {@return the weights as numbers, all exact in single precision: an array of the shape, in C
   * order}
   */
  public INDArray toArray() {
    float[] weights = new float[values.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.scalb((float) values[i], exponents[i / perChannel % exponents.length]);
    }
    return Nd4j.create(weights, shape, 'c').castTo(DataType.FLOAT);
  }
}
