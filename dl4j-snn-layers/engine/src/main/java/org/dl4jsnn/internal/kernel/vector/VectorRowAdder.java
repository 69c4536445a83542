package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import org.dl4jsnn.internal.kernel.RowAdder;

/** Adds a vector of channels at a time, and the remaining channels one by one. */
final class VectorRowAdder implements RowAdder {

  @Override
  public void add(float amplitude, float[] rows, int from, float[] membrane, int to, int count) {
    int k = 0;
    for (; k <= count - LANES; k += LANES) {
      FloatVector charge = FloatVector.fromArray(FLOATS, rows, from + k).mul(amplitude);
      FloatVector.fromArray(FLOATS, membrane, to + k).add(charge).intoArray(membrane, to + k);
    }
    for (; k < count; k++) {
      membrane[to + k] += amplitude * rows[from + k];
    }
  }
}
