package org.dl4jsnn.monitor.live;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a network did with one sample, at a moment of its training.
 *
 * @param iteration minibatches that it was trained with
 * @param label the class of the sample; empty if it is not known
 * @param layers what passes spikes on, from the encoding on
 * @param decision the answer as it builds up; empty where the network ends otherwise than with a
 *     read-out right after spiking neurons
 */
public record LiveSpikes(
    int iteration, OptionalInt label, List<LiveLayer> layers, Optional<LiveDecision> decision) {

  /**
   * Copies the layers.
   *
   * @param iteration minibatches that it was trained with
   * @param label the class of the sample
   * @param layers what passes spikes on
   * @param decision the answer as it builds up
   */
  public LiveSpikes {
    layers = List.copyOf(layers);
  }
}
