package org.dl4jsnn.asf;

import java.util.List;
import org.dl4jsnn.contract.BackpropRuleContract;
import org.dl4jsnn.gradient.BackpropRule;

class AsfBackpropContractTest extends BackpropRuleContract {

  @Override
  protected List<BackpropRule> rules() {
    return List.of(new AsfBackprop(), new AsfBackprop().withSaturationGate());
  }
}
