package org.dl4jsnn.layer;

import java.util.Optional;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.GradientInbox;
import org.dl4jsnn.spike.SpikeGradient;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Puts the gradient of rates and what is known of it in time together. */
final class TimeResolved {

  private TimeResolved() {}

  /**
   * The gradient of every spike. The gradient of rates holds the sum of what the layers above left
   * in time; the rest comes from layers that know rates only, and is the same at every step.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  static SpikeGradient gradient(
      GradientInbox inbox, INDArray rateGradient, FeatureShape shape, int steps) {
    Optional<SpikeGradient> known = inbox.take();
    if (known.isEmpty()) {
      return SpikeGradient.spread(rateGradient, shape, steps);
    }
    SpikeGradient gradient = known.get();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray sum = gradient.sum();
        INDArray rest = rateGradient.sub(sum)) {
      gradient.addSpread(rest);
    }
    return gradient;
  }
}
