package org.dl4jsnn.monitor.health;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The health of a network's spiking layers in an epoch.
 *
 * @param epoch its number, from 1
 * @param iteration the number of minibatches from the start of training to the epoch's end
 * @param looks the number of minibatches looked at
 * @param layers the layers, starting at the input
 */
public record EpochHealth(int epoch, int iteration, int looks, List<LayerHealth> layers) {

  /** {@return whether operations of any layer were counted} */
  public boolean hasEnergy() {
    return layers.stream().anyMatch(layer -> layer.energy().isPresent());
  }

  /**
   * {@return the sum of a figure over the layers whose operations were counted}
   *
   * @param figure the figure
   */
  public double total(ToDoubleFunction<LayerHealth.Energy> figure) {
    return layers.stream().flatMap(layer -> layer.energy().stream()).mapToDouble(figure).sum();
  }

  /**
   * {@return the report as plain text: one line per layer, and one for all layers; without a line
   * break at the end}
   */
  public String table() {
    return HealthTable.of(this);
  }
}
