package org.dl4jsnn.examples.guide;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;

/** Rules with other constants, as shown in docs/train.md. */
final class RuleChoices {

  private RuleChoices() {}

  static List<BackpropRule> apply(MultiLayerConfiguration configuration) {
    // begin rules
    BackpropRule triangular = new SpatioTemporalBackprop(Surrogate.triangular(0.5));
    BackpropRule segmented = new SpatioTemporalBackprop().withAttachedReset().withSegments(20);
    BackpropRule gated = new AsfBackprop().withSaturationGate();
    BackpropRules.apply(configuration, gated); // or one of the others
    // end rules
    return List.of(triangular, segmented, gated);
  }
}
