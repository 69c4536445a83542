package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.spike.FeatureShape;

/** Neurons with one number per channel, shared by all neurons of the channel in a layer. */
final class ChannelNeurons {

  private ChannelNeurons() {}

  /**
   * The same neurons with numbers per channel.
   *
   * @throws IllegalArgumentException if neurons of a channel differ
   */
  static NirNeurons of(NirNeurons neurons) {
    if (Integrating.is(neurons)) {
      throw new IllegalArgumentException(neurons.type() + " does not fire");
    }
    Map<String, NirTensor> channels = new LinkedHashMap<>();
    neurons.parameters().forEach((name, numbers) -> channels.put(name, of(numbers)));
    return NirNeurons.of(neurons.type(), channels);
  }

  private static NirTensor of(NirTensor numbers) {
    if (numbers.rank() < 2) {
      return numbers;
    }
    FeatureShape shape = Term.feature(numbers.shape());
    int[] channels = {shape.channels()};
    return numbers.isSingle()
        ? NirTensor.of(channels, Composition.ofChannels(numbers.values(), shape))
        : NirTensor.ofDoubles(channels, Composition.ofChannels(numbers.doubles(), shape));
  }
}
