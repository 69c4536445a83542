package org.dl4jsnn.examples.support;

import java.util.Locale;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;

/** How spiking layers learn. */
public enum GradientRule {
  /** Accumulated spiking flow, as published. */
  ASF(new AsfBackprop()),
  /** Rate-based, as published. */
  RATE(new RateBackprop()),
  /** Through layers and time, with the default surrogate. */
  SPATIO_TEMPORAL(new SpatioTemporalBackprop());

  private final BackpropRule rule;

  GradientRule(BackpropRule rule) {
    this.rule = rule;
  }

  public BackpropRule rule() {
    return rule;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
