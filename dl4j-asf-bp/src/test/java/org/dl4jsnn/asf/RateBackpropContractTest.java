package org.dl4jsnn.asf;

import java.util.List;
import org.dl4jsnn.contract.BackpropRuleContract;
import org.dl4jsnn.gradient.BackpropRule;

class RateBackpropContractTest extends BackpropRuleContract {

  @Override
  protected List<BackpropRule> rules() {
    return List.of(new RateBackprop(), new RateBackprop().withDetachedReset());
  }
}
