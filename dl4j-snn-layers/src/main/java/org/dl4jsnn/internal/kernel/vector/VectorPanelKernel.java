package org.dl4jsnn.internal.kernel.vector;

import org.dl4jsnn.internal.kernel.PanelKernel;

/** Panels of two vectors. Their width is a constant here, so that Java checks no index twice. */
final class VectorPanelKernel implements PanelKernel {

  private static final int WIDTH = 2 * VectorKernels.LANES;

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
}
