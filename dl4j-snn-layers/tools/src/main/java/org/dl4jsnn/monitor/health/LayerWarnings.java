package org.dl4jsnn.monitor.health;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/**
 * For every layer, logs once when a condition begins, with its likely cause and its cure, and once
 * when it ends. Not thread-safe.
 */
final class LayerWarnings {

  private final Logger log;
  private final Map<String, Set<LayerCondition>> holding = new HashMap<>();

  /** Beginnings go to the log at level warn, ends at level info. */
  LayerWarnings(Logger log) {
    this.log = log;
  }

  /** Records whether a condition holds now; the rule is a phrase after "must be". */
  void judge(
      String layer,
      LayerCondition condition,
      boolean holds,
      int iteration,
      String rule,
      double value) {
    Set<LayerCondition> of =
        holding.computeIfAbsent(layer, name -> EnumSet.noneOf(LayerCondition.class));
    if (holds && of.add(condition)) {
      log.warn(
          "Layer '{}' is {} at iteration {}: its {} must be {}, got {}. Possible cause: {}. {}",
          layer,
          condition.state(),
          iteration,
          condition.quantity(),
          rule,
          value,
          condition.cause(),
          condition.cure());
    } else if (!holds && of.remove(condition)) {
      log.info(
          "Layer '{}' is no longer {} at iteration {}: its {} is {}",
          layer,
          condition.state(),
          iteration,
          condition.quantity(),
          value);
    }
  }

  /**
   * Records that a worse condition took the place of milder ones, which are not logged as ended.
   */
  void supersede(String layer, LayerCondition... milder) {
    Set<LayerCondition> of = holding.get(layer);
    if (of != null) {
      of.removeAll(Set.of(milder));
    }
  }

  /** The conditions that held when last judged. */
  Set<LayerCondition> of(String layer) {
    Set<LayerCondition> of = holding.get(layer);
    return of == null ? Set.of() : EnumSet.copyOf(of);
  }
}
