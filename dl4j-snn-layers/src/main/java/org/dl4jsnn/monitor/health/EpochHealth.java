package org.dl4jsnn.monitor.health;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How the spiking layers of a network did in an epoch.
 *
 * @param epoch its number, from 1
 * @param iteration minibatches of the whole training up to its end
 * @param looks minibatches looked at
 * @param layers from the input on
 */
public record EpochHealth(int epoch, int iteration, int looks, List<LayerHealth> layers) {

  /**
   * Copies the layers.
   *
   * @param epoch its number, from 1
   * @param iteration minibatches of the whole training up to its end
   * @param looks minibatches looked at
   * @param layers from the input on
   */
  public EpochHealth {
    layers = List.copyOf(layers);
  }

  /**
   * Whether operations were counted.
   *
   * @return true if some layer's were
   */
  public boolean hasEnergy() {
    return layers.stream().anyMatch(layer -> layer.energy().isPresent());
  }

  /**
   * The sum of a figure over the layers whose operations were counted.
   *
   * @param figure the figure
   * @return the sum
   */
  public double total(ToDoubleFunction<LayerEnergy> figure) {
    return layers.stream().flatMap(layer -> layer.energy().stream()).mapToDouble(figure).sum();
  }
}
