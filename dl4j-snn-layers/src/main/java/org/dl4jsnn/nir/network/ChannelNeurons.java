package org.dl4jsnn.nir.network;

import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;

/** Neurons with one number per channel, shared by all neurons of the channel in a layer. */
final class ChannelNeurons {

  private ChannelNeurons() {}

  /**
   * The same neurons with numbers per channel.
   *
   * @throws IllegalArgumentException if neurons of a channel differ
   */
  static NirNeurons of(NirNeurons neurons) {
    if (neurons instanceof NirNeurons.IF n) {
      return new NirNeurons.IF(of(n.r()), of(n.threshold()), of(n.reset()));
    }
    if (neurons instanceof NirNeurons.LIF n) {
      return new NirNeurons.LIF(
          of(n.tau()), of(n.r()), of(n.leak()), of(n.threshold()), of(n.reset()));
    }
    if (neurons instanceof NirNeurons.CubaLIF n) {
      return new NirNeurons.CubaLIF(
          of(n.tauSynapse()),
          of(n.tauMembrane()),
          of(n.r()),
          of(n.leak()),
          of(n.threshold()),
          of(n.reset()),
          of(n.inputWeight()));
    }
    if (neurons instanceof NirNeurons.Threshold n) {
      return new NirNeurons.Threshold(of(n.threshold()));
    }
    throw new IllegalArgumentException(neurons.type() + " does not fire");
  }

  private static NirTensor of(NirTensor numbers) {
    if (numbers.rank() < 2) {
      return numbers;
    }
    float[] channels = Composition.ofChannels(numbers.values(), Term.feature(numbers.shape()));
    return NirTensor.of(new int[] {channels.length}, channels);
  }
}
