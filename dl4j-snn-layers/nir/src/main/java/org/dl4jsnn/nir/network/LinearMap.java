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
   * @param node name of the node
   * @param average whether all factors are one over the size of a window
   */
  record Pooled(String node, Window2D window, float[] factors, boolean average, FeatureShape output)
      implements LinearMap {}

  /** W [nOut, nIn] and b [nOut], or null for none. */
  record Dense(int nOut, int nIn, float[] weights, float[] bias) implements LinearMap {}

  /**
   * A convolution.
   *
   * @param depthwise whether every channel sees only itself instead of all channels
   * @param weights [nOut, nIn or 1, rows, columns]
   * @param bias [nOut], or null for none
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
}
