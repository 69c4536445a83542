package org.dl4jsnn.deploy;

/**
 * Weights of a layer on the host.
 *
 * @param shape sizes of the axes
 * @param values in order c
 * @param channels output channels
 * @param perChannel values from one output channel to the next
 */
record ChannelWeights(long[] shape, float[] values, int channels, int perChannel) {

  /**
   * Weights.
   *
   * @param shape sizes of the axes
   * @param values in order c
   * @param outputAxis the axis that counts the output channels
   */
  static ChannelWeights of(long[] shape, float[] values, int outputAxis) {
    int perChannel = 1;
    for (int axis = outputAxis + 1; axis < shape.length; axis++) {
      perChannel *= Math.toIntExact(shape[axis]);
    }
    return new ChannelWeights(shape, values, Math.toIntExact(shape[outputAxis]), perChannel);
  }

  /** The output channel of a value. */
  int channel(int index) {
    return index / perChannel % channels;
  }

  /** The largest magnitude of every channel; NaN where there is one. */
  double[] magnitudes() {
    double[] magnitudes = new double[channels];
    for (int i = 0; i < values.length; i++) {
      int channel = channel(i);
      magnitudes[channel] = Math.max(magnitudes[channel], Math.abs(values[i]));
    }
    return magnitudes;
  }
}
