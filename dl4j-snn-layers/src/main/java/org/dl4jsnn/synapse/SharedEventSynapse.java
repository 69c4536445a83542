package org.dl4jsnn.synapse;

import java.util.function.Supplier;
import org.dl4jsnn.spike.FeatureShape;

/** An event synapse by its parts. */
record SharedEventSynapse(
    FeatureShape outputShape,
    MembraneLayout layout,
    float[] biasRow,
    Supplier<ChargeKernel> kernels)
    implements EventSynapse {

  @Override
  public ChargeKernel newKernel() {
    return kernels.get();
  }
}
