package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.kernel.Kernels;
import org.nd4j.linalg.api.buffer.DataType;

class DenseEngineContractTest extends SimulationEngineContract {

  @Override
  SimulationEngine engine() {
    return new DenseEngine(DataType.FLOAT);
  }

  @Override
  SimulationEngine other() {
    return new EventDrivenEngine(Kernels.named("plain"));
  }
}
