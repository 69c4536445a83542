package org.dl4jsnn.monitor.live;

import java.util.List;

/**
 * Firing rates of the first channels of a convolution, a pooling or an encoding of images.
 *
 * @param height rows of a map
 * @param width columns of a map
 * @param channels the number of channels of the layer
 * @param rates a map for each of the channels shown, row by row: spikes per time step
 */
public record LiveMaps(int height, int width, int channels, List<List<Float>> rates) {

  /**
   * Copies the rates.
   *
   * @param height rows of a map
   * @param width columns of a map
   * @param channels the number of channels of the layer
   * @param rates a map for each of the channels shown
   * @throws IllegalArgumentException if a map has another size
   */
  public LiveMaps {
    rates = rates.stream().map(List::copyOf).toList();
    for (List<Float> map : rates) {
      if (map.size() != height * width) {
        throw new IllegalArgumentException(
            "a map must have " + height + " x " + width + " rates, got " + map.size());
      }
    }
  }

  /**
   * The rates of all maps. Those of signed spikes or currents may be negative.
   *
   * @return spikes per time step, map after map
   */
  public double[] values() {
    return rates.stream().flatMap(List::stream).mapToDouble(Float::doubleValue).toArray();
  }
}
