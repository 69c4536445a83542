package org.dl4jsnn.monitor;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's firing rates on a minibatch. Shares are between 0 and 1.
 *
 * @param layer the layer's name
 * @param mean the mean firing rate of all neurons and samples
 * @param silent the share of neurons that fire in no sample
 * @param saturated the share of neurons and samples that fire at every step
 */
public record LayerRates(String layer, double mean, double silent, double saturated) {

  /**
   * Computes the rates from an activation, which is only read.
   *
   * @param layer the layer's name
   * @param activation firing rates, [minibatch, …]
   * @return the rates
   */
  public static LayerRates of(String layer, INDArray activation) {
    int neurons = Math.toIntExact(activation.length() / activation.size(0));
    FloatBuffer rates = HostArrays.buffer(activation);
    boolean[] fired = new boolean[neurons];
    float[] sample = new float[neurons];
    double sum = 0;
    long saturated = 0;
    while (rates.hasRemaining()) {
      rates.get(sample);
      for (int i = 0; i < neurons; i++) {
        float rate = sample[i];
        sum += rate;
        fired[i] |= rate != 0;
        saturated += rate >= 1 ? 1 : 0;
      }
    }
    Reference.reachabilityFence(activation);
    double count = activation.length();
    return new LayerRates(layer, sum / count, silentShare(fired), saturated / count);
  }

  private static double silentShare(boolean[] fired) {
    int silent = 0;
    for (boolean any : fired) {
      silent += any ? 0 : 1;
    }
    return (double) silent / fired.length;
  }
}
