package org.dl4jsnn.nir.network;

import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;

/** The map from spikes to the neurons that they reach; arrays are in C order. */
sealed interface LinearMap {

  /** The identity. */
  record Identity() implements LinearMap {}

  /** Every value times its own factor. */
  record Scaled(float[] factors) implements LinearMap {}

  /**
   * Sums of windows, with every channel times its own factor.
   *
   * @param average whether all factors are one over the size of a window
   */
  record Pooled(String node, Window2D window, float[] factors, boolean average, FeatureShape output)
      implements LinearMap {}

  /** W [nOut, nIn] and b [nOut], or null for none. */
  record Dense(int nOut, int nIn, float[] weights, float[] bias) implements LinearMap {

    /** The same matrix with an added bias; null for none. */
    Dense plus(float[] more) {
      return new Dense(nOut, nIn, weights, sum(bias, more));
    }

    Dense plus(Dense other) {
      return new Dense(nOut, nIn, sum(weights, other.weights), sum(bias, other.bias));
    }

    private static float[] sum(float[] one, float[] other) {
      if (one == null || other == null) {
        return orNull(one == null ? other : one);
      }
      float[] sum = one.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += other[i];
      }
      return sum;
    }
  }

  /**
   * A convolution.
   *
   * @param depthwise whether every channel sees only itself instead of all channels
   * @param weights [nOut, nIn or 1, rows, columns]
   */
  record Kernel(
      Window2D window,
      boolean depthwise,
      float[] weights,
      float[] bias,
      FeatureShape input,
      FeatureShape output)
      implements LinearMap {

    /** Input channels of an output channel. */
    int fanIn() {
      return depthwise ? 1 : input.channels();
    }

    /** Taps of the window. */
    int taps() {
      return window.rows().kernel() * window.columns().kernel();
    }
  }

  /** A bias, or null if it is all zero. */
  static float[] orNull(float[] bias) {
    if (bias == null) {
      return null;
    }
    for (float value : bias) {
      if (value != 0) {
        return bias;
      }
    }
    return null;
  }

  /** A matrix in C order; Deeplearning4j uses [nIn, nOut], graphs [nOut, nIn]. */
  static float[] transposed(float[] matrix, int rows, int columns) {
    float[] transposed = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = matrix[row * columns + column];
      }
    }
    return transposed;
  }
}
