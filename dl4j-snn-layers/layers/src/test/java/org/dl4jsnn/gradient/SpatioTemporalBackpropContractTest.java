package org.dl4jsnn.gradient;

import java.util.List;
import org.dl4jsnn.gradient.surrogate.SigmoidSurrogate;

class SpatioTemporalBackpropContractTest extends BackpropRuleContract {

  @Override
  protected List<BackpropRule> rules() {
    return List.of(
        new SpatioTemporalBackprop(),
        new SpatioTemporalBackprop().withAttachedReset(),
        new SpatioTemporalBackprop(new SigmoidSurrogate(0.25)).withSegments(3));
  }
}
