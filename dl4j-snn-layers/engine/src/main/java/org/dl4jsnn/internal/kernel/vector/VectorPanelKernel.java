package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import org.dl4jsnn.internal.kernel.PanelKernel;

/** Panels of two vectors. The constant width lets Java drop duplicate index checks. */
final class VectorPanelKernel implements PanelKernel {

  private static final int WIDTH = 2 * LANES;

  @Override
  public void spread(float[] row, int from, int count, float[] panel, int to) {
    for (int x = 0; x < count; x++) {
      panel[to + x * WIDTH] = row[from + x];
    }
  }

  @Override
  public void collect(float[] panel, int from, int count, float[] row, int to) {
    for (int x = 0; x < count; x++) {
      row[to + x] = panel[from + x * WIDTH];
    }
  }

  @Override
  public void add(float[] values, int from, int count, float[] sums, int to) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, sums, to + i)
          .add(FloatVector.fromArray(FLOATS, values, from + i))
          .intoArray(sums, to + i);
    }
    for (; i < count; i++) {
      sums[to + i] += values[from + i];
    }
  }
}
