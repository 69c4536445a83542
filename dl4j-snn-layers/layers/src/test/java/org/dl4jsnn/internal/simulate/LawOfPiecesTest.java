package org.dl4jsnn.internal.simulate;

import java.util.List;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.nd4j.linalg.api.buffer.DataType;

class LawOfPiecesTest extends LawOfPiecesContract {

  @Override
  List<Engine> engines() {
    Engine plain =
        new Engine("event, plain", new EventDrivenEngine(Kernels.named("plain")), DataType.FLOAT);
    if (!Kernels.vectorModulePresent()) {
      return List.of(plain);
    }
    KernelProvider vector = Kernels.named("vector");
    return List.of(
        plain, new Engine("event, vector", new EventDrivenEngine(vector), DataType.FLOAT));
  }
}
