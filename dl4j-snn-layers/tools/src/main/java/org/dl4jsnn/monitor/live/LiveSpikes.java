package org.dl4jsnn.monitor.live;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a network did with one sample at one point of its training.
 *
 * @param iteration the number of minibatches that it was trained with
 * @param label the class of the sample; empty if unknown
 * @param layers the layers that pass spikes on, starting with the encoding
 * @param decision the answer as it builds up; empty unless the network ends with a read-out right
 *     after spiking neurons
 */
public record LiveSpikes(
    int iteration, OptionalInt label, List<LiveLayer> layers, Optional<LiveDecision> decision) {

  /**
   * Copies the layers.
   *
   * @param iteration the number of minibatches that it was trained with
   * @param label the class of the sample
   * @param layers what passes spikes on
   * @param decision the answer as it builds up
   */
  public LiveSpikes {
    layers = List.copyOf(layers);
  }
}
