package org.dl4jsnn.internal.compact;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Delays of spikes.
 *
 * @param name what users call it
 * @param input the place that it reads
 * @param steps d: one of the layer, one of every channel, or one of every neuron
 */
public record DelayPart(String name, int input, List<Integer> steps) implements CompactPart {

  /**
   * Delays.
   *
   * @param name what users call it
   * @param input the place that it reads
   * @param steps d
   * @return the part
   */
  public static DelayPart of(String name, int input, int... steps) {
    return new DelayPart(name, input, Arrays.stream(steps).boxed().toList());
  }

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  /** Nothing is set aside for what a file claims. */
  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    FeatureShape from = inputs.get(0);
    SpikeDelays.requireCount(steps.size(), from);
    return from;
  }

  /**
   * The delays of the neurons that are read.
   *
   * @param from their shape
   * @return the delays
   * @throws IllegalArgumentException if there are as many as neither channels nor neurons
   */
  public SpikeDelays delays(FeatureShape from) {
    return SpikeDelays.of(steps.stream().mapToInt(Integer::intValue).toArray(), from);
  }
}
