package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.kernel.Kernels;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("org.dl4jsnn.internal.kernel.Kernels#vectorModulePresent")
class VectorEventDrivenEngineContractTest extends SimulationEngineContract {

  @Override
  SimulationEngine engine() {
    return new EventDrivenEngine(Kernels.named("vector"));
  }

  @Override
  SimulationEngine other() {
    return new EventDrivenEngine(Kernels.named("plain"));
  }
}
