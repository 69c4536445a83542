package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.kernel.Kernels;
import org.nd4j.linalg.api.buffer.DataType;

class PlainEventDrivenEngineContractTest extends SimulationEngineContract {

  @Override
  SimulationEngine engine() {
    return new EventDrivenEngine(Kernels.named("plain"));
  }

  @Override
  SimulationEngine other() {
    return new DenseEngine(DataType.FLOAT);
  }
}
