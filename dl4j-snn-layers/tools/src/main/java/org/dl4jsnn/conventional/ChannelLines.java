package org.dl4jsnn.conventional;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A line y = scale · x + shift for every channel.
 *
 * @param scale of every channel
 * @param shift of every channel
 */
record ChannelLines(double[] scale, double[] shift) {

  /** Those of a normalisation with given statistics: γ (x − μ)/√(σ² + ε) + β. */
  static ChannelLines normalising(
      double[] mean, double[] variance, double epsilon, double[] gain, double[] shift) {
    double[] scale = new double[mean.length];
    double[] offset = new double[mean.length];
    for (int channel = 0; channel < mean.length; channel++) {
      scale[channel] = gain[channel] / Math.sqrt(variance[channel] + epsilon);
      offset[channel] = shift[channel] - mean[channel] * scale[channel];
    }
    return new ChannelLines(scale, offset);
  }

  /**
   * Writes y.
   *
   * @param x [minibatch, …], in single precision
   * @param shape the shape of one sample
   * @param y like x, C order
   */
  void write(INDArray x, FeatureShape shape, INDArray y) {
    int perSample = shape.neurons();
    int positions = shape.positions();
    FloatBuffer from = HostArrays.buffer(x);
    HostArrays.fill(
        y,
        to ->
            ParallelSamples.run(
                Math.toIntExact(x.length() / perSample),
                () -> {
                  float[] values = new float[perSample];
                  return sample -> {
                    from.get(sample * perSample, values, 0, perSample);
                    for (int channel = 0; channel < scale.length; channel++) {
                      float a = (float) scale[channel];
                      float b = (float) shift[channel];
                      int end = (channel + 1) * positions;
                      for (int i = channel * positions; i < end; i++) {
                        values[i] = a * values[i] + b;
                      }
                    }
                    to.put(sample * perSample, values, 0, perSample);
                  };
                }));
    Reference.reachabilityFence(x);
  }
}
