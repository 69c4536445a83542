package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.internal.FiniteWeights;
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
    float largest = FiniteWeights.largest(name, parameter.dataType() == DataType.FLOAT16, values);
    return new HostParameter(values, largest);
  }
}
