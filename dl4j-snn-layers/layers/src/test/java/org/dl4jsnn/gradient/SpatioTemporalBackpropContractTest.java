package org.dl4jsnn.gradient;

import java.util.List;
import org.dl4jsnn.contract.BackpropRuleContract;
import org.dl4jsnn.gradient.surrogate.Surrogate;

class SpatioTemporalBackpropContractTest extends BackpropRuleContract {

  @Override
  protected List<BackpropRule> rules() {
    return List.of(
        new SpatioTemporalBackprop(),
        new SpatioTemporalBackprop().withAttachedReset(),
        new SpatioTemporalBackprop(Surrogate.sigmoid(0.25)).withSegments(3));
  }
}
