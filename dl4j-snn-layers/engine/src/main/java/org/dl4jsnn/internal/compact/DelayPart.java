package org.dl4jsnn.internal.compact;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Delays of spikes.
 *
 * @param steps d: one for the layer, one per channel, or one per neuron
 */
public record DelayPart(String name, int input, List<Integer> steps) implements CompactPart {

  /** Delays. */
  public static DelayPart of(String name, int input, int... steps) {
    return new DelayPart(name, input, Arrays.stream(steps).boxed().toList());
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  /** No memory is allocated for what a file claims. */
  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    FeatureShape from = inputs.get(0);
    SpikeDelays.requireCount(steps.size(), from);
    return from;
  }

  /**
   * The delays of the input neurons. Throws an IllegalArgumentException if their number is neither
   * that of the channels nor that of the neurons.
   */
  public SpikeDelays delays(FeatureShape from) {
    return SpikeDelays.of(steps.stream().mapToInt(Integer::intValue).toArray(), from);
  }
}
