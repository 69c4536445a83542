package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A parameter's values on the host; a diverged training ends here and not in silent neurons.
 *
 * @param values in order c
 * @param largest the largest magnitude of them
 */
record HostParameter(float[] values, float largest) {

  /** What a synapse without a bias has. */
  private static final HostParameter NONE = new HostParameter(new float[0], 0);

  /** The values of a parameter, which may be null. */
  static HostParameter of(String name, INDArray parameter) {
    if (parameter == null) {
      return NONE;
    }
    float[] values = HostArrays.floats(parameter);
    float largest = Magnitudes.largest(values);
    if (!Float.isFinite(largest)) {
      throw new IllegalArgumentException(
          "parameter "
              + name
              + " must be finite, got "
              + firstNotFinite(values)
              + ". Possible cause, most likely first: "
              + (parameter.dataType() == DataType.FLOAT16
                  ? "half precision with an updater's default epsilon; "
                  : "")
              + "a learning rate too high for the weights (lower it, or"
              + " let it rise slowly at first); gradients that grow from step to step"
              + " (SpatioTemporalBackprop.withAttachedReset(), or a surrogate narrower than the"
              + " threshold); features or labels that are not finite");
    }
    return new HostParameter(values, largest);
  }

  private static float firstNotFinite(float[] values) {
    int i = 0;
    while (Float.isFinite(values[i])) {
      i++;
    }
    return values[i];
  }
}
