package org.dl4jsnn.monitor.health;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.dl4jsnn.monitor.LayerCondition;

/**
 * How a spiking layer did in an epoch.
 *
 * @param layer its name
 * @param rates how much its neurons fired
 * @param slope the slope of its linear estimate at the epoch's end; empty under rules that keep
 *     none
 * @param gradientNorm the Euclidean norm of its weights' gradient, averaged over the minibatches
 *     looked at; empty where it has no weights or is frozen
 * @param shareOfLoss the share of the network's loss that is the regularisation of its activity,
 *     over the minibatches looked at; empty without one
 * @param energy what it computes; empty where it has no weights or that is not counted
 * @param conditions what was wrong with it at the epoch's end
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
   * @param rates how much its neurons fired
   * @param slope the slope of its linear estimate
   * @param gradientNorm the norm of its weights' gradient
   * @param shareOfLoss the share of the loss that is the regularisation of its activity
   * @param energy what it computes
   * @param conditions what was wrong with it
   */
  public LayerHealth {
    conditions = Set.copyOf(conditions);
  }
}
