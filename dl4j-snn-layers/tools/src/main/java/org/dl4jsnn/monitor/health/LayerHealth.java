package org.dl4jsnn.monitor.health;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.dl4jsnn.monitor.LayerCondition;

/**
 * The health of a spiking layer in an epoch.
 *
 * @param layer its name
 * @param rates the firing rates of its neurons
 * @param slope the slope of its linear estimate at the epoch's end; empty for rules without one
 * @param gradientNorm the Euclidean norm of its weights' gradient, averaged over the minibatches
 *     looked at; empty if the layer has no weights or is frozen
 * @param shareOfLoss the share of the network's loss due to its activity regularisation, over the
 *     minibatches looked at; empty without regularisation
 * @param energy its operations and energy; empty if it has no weights or operations are not counted
 * @param conditions the faults at the epoch's end
 */
public record LayerHealth(
    String layer,
    NeuronRates rates,
    OptionalDouble slope,
    OptionalDouble gradientNorm,
    OptionalDouble shareOfLoss,
    Optional<LayerEnergy> energy,
    Set<LayerCondition> conditions) {

  /**
   * Copies the conditions.
   *
   * @param layer its name
   * @param rates the firing rates of its neurons
   * @param slope the slope of its linear estimate
   * @param gradientNorm the norm of its weights' gradient
   * @param shareOfLoss the share of the loss due to its activity regularisation
   * @param energy its operations and energy
   * @param conditions the faults at the epoch's end
   */
  public LayerHealth {
    conditions = Set.copyOf(conditions);
  }
}
