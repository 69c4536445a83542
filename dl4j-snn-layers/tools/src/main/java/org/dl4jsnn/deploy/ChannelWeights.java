package org.dl4jsnn.deploy;

import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a layer on the host, in C order, with the distance between output channels. */
record ChannelWeights(long[] shape, float[] values, int channels, int perChannel) {

  /** Takes values in C order. */
  static ChannelWeights of(long[] shape, float[] values, int outputAxis) {
    int perChannel = 1;
    for (int axis = outputAxis + 1; axis < shape.length; axis++) {
      perChannel *= Math.toIntExact(shape[axis]);
    }
    return new ChannelWeights(shape, values, Math.toIntExact(shape[outputAxis]), perChannel);
  }

  /** Takes any shape and floating type. */
  static ChannelWeights of(INDArray weights, int outputAxis) {
    return of(weights.shape().clone(), HostArrays.floats(weights), outputAxis);
  }

  /** The output channel of a value. */
  int channel(int index) {
    return index / perChannel % channels;
  }

  /** The largest magnitude in every channel; NaN if it contains one. */
  double[] magnitudes() {
    double[] magnitudes = new double[channels];
    for (int i = 0; i < values.length; i++) {
      int channel = channel(i);
      magnitudes[channel] = Math.max(magnitudes[channel], Math.abs(values[i]));
    }
    return magnitudes;
  }
}
