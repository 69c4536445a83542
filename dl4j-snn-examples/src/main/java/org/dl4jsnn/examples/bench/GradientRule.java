package org.dl4jsnn.examples.bench;

import java.util.Locale;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;

/** The gradient rules that the examples compare. */
public enum GradientRule {
  /** Accumulated spiking flow, as published. */
  ASF {
    @Override
    BackpropRule rule() {
      return new AsfBackprop();
    }
  },

  /** Rate-based, as published. */
  RATE {
    @Override
    BackpropRule rule() {
      return new RateBackprop();
    }
  },

  /**
   * Through layers and time, exact except for the surrogate, which is that of the rate-based rule.
   */
  SPATIO_TEMPORAL {
    @Override
    BackpropRule rule() {
      return new SpatioTemporalBackprop(Surrogate.sigmoid(RateBackprop.PUBLISHED_WIDTH))
          .withAttachedReset();
    }
  };

  abstract BackpropRule rule();

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
