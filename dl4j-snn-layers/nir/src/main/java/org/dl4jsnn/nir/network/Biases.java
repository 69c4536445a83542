package org.dl4jsnn.nir.network;

import org.dl4jsnn.nir.network.LinearMap.Dense;

/** Sums of matrices and biases. */
final class Biases {

  private Biases() {}

  /** A matrix with an added bias; null for none. */
  static Dense plus(Dense dense, float[] more) {
    return new Dense(dense.nOut(), dense.nIn(), dense.weights(), sum(dense.bias(), more));
  }

  static Dense sum(Dense one, Dense other) {
    return new Dense(
        one.nOut(), one.nIn(), sum(one.weights(), other.weights()), sum(one.bias(), other.bias()));
  }

  private static float[] sum(float[] one, float[] other) {
    if (one == null || other == null) {
      return LinearMap.orNull(one == null ? other : one);
    }
    float[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
