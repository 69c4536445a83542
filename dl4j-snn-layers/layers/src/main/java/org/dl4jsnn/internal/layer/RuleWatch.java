package org.dl4jsnn.internal.layer;

import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once per layer, if a rule that sees only rates learns from a code of times, or if two
 * consecutive layers learn by different kinds of rule and one of them has the default rule because
 * none was set: such as a layer that transfer learning adds to a network under AsfBackprop. Passes
 * on, once, what a rule doubts about the layer.
 */
final class RuleWatch {

  private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);

  private final LayerSettings layer;
  private boolean hasWarned;
  private boolean hasDoubted;

  RuleWatch(LayerSettings layer) {
    this.layer = layer;
  }

  /** How the layer learns. */
  GradientInbox.Learning ofLayer() {
    return new GradientInbox.Learning(
        layer.backprop().getClass().getSimpleName(), layer.hasDefaultBackprop());
  }

  /** Checks how the layer below, whose spikes arrive, learns. */
  void look(GradientInbox.Learning below) {
    GradientInbox.Learning own = ofLayer();
    if (below.equals(GradientInbox.Learning.TIME_CODE)) {
      lookAtTimeCode();
      return;
    }
    boolean isMixed =
        !below.equals(GradientInbox.Learning.NONE) && !below.name().equals(own.name());
    if (isMixed && (own.isDefault() || below.isDefault()) && !hasWarned) {
      hasWarned = true;
      LOG.warn(
          "{} learns by {}, above a layer that learns by {}. If intended, set both with"
              + " .backprop(rule) on the layers' builders. Possible cause: a layer whose rule was"
              + " not set, because it was added to a trained network or left out when the others"
              + " were set. Set the rule on its builder, or use"
              + " BackpropRules.apply(configuration, rule) or, for a trained network,"
              + " BackpropRules.swap(network, rule)",
          layer.name(),
          named(own),
          named(below));
    }
  }

  /** Has the rule look at the layer's first pass of training. */
  void look(SimulatedWindow window) {
    if (!hasDoubted) {
      hasDoubted = true;
      layer.backprop().doubt(window).ifPresent(doubt -> LOG.warn("{}: {}", layer.name(), doubt));
    }
  }

  private void lookAtTimeCode() {
    if (!layer.backprop().isTimeResolved() && !hasWarned) {
      hasWarned = true;
      LOG.warn(
          "{}: {} learns from firing rates, but latency coding has the features in the times of the"
              + " spikes, and the same rate for all of them. Use SpatioTemporalBackprop, or encode"
              + " with SpikeEncoding.direct(T) or poisson(T)",
          layer.name(),
          layer.backprop());
    }
  }

  private static String named(GradientInbox.Learning learning) {
    return learning.name() + (learning.isDefault() ? ", the default" : "");
  }
}
