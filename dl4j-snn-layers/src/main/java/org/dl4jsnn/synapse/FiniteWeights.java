package org.dl4jsnn.synapse;

import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies weights to the host; a diverged training ends here and not in silent neurons. */
final class FiniteWeights {

  private FiniteWeights() {}

  /** The parameter's values in order c. */
  static float[] of(String name, INDArray parameter) {
    float[] values = HostArrays.floats(parameter);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "parameter "
                + name
                + " must be finite, got "
                + value
                + ". Possible cause, most likely first: a learning rate too high for the weights (lower"
                + " it, or let it rise slowly at first); gradients that grow from step to step"
                + " (SpatioTemporalBackprop.withAttachedReset(), a surrogate narrower than the"
                + " threshold); features or labels that are not finite; half precision with Adam's"
                + " default epsilon");
      }
    }
    return values;
  }
}
