package org.dl4jsnn.internal.layer;

import org.dl4jsnn.conf.BaseSpikingLayer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once a layer, where it learns by the default rule because nobody chose one, on top of a
 * layer that learns by another: as a layer does that transfer learning puts on a network under
 * AsfBackprop.
 */
final class RuleWatch {

  private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);

  private final BaseSpikingLayer layer;
  private boolean hasWarned;

  RuleWatch(BaseSpikingLayer layer) {
    this.layer = layer;
  }

  /** Looks at how the layer learns whose spikes arrive; empty for an encoding. */
  void look(String ruleBelow) {
    String own = layer.getBackprop().toString();
    if (!hasWarned
        && layer.hasDefaultBackprop()
        && !ruleBelow.isEmpty()
        && !ruleBelow.equals(own)) {
      hasWarned = true;
      LOG.warn(
          "{} learns by {}, the default, on top of a layer that learns by {}. If intended, say so"
              + " with .backprop(rule) on the layer's builder. Possible cause: a layer was added to"
              + " a trained network without the rule of the others; set that, or use"
              + " BackpropRules.swap(network, rule)",
          layer.name(),
          own,
          ruleBelow);
    }
  }
}
