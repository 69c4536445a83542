package org.dl4jsnn.asf;

import java.util.List;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.SigmoidSurrogate;

class SpatioTemporalBackpropContractTest extends BackpropRuleContract {

  @Override
  List<BackpropRule> rules() {
    return List.of(
        new SpatioTemporalBackprop(),
        new SpatioTemporalBackprop().withAttachedReset(),
        new SpatioTemporalBackprop(new SigmoidSurrogate(0.25)).withSegments(3));
  }
}
