package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.kernel.KernelWeights;

/** The weights [nOut, nIn, kernel height, kernel width] of a convolution, for the simulation. */
final class ConvolutionWeights implements KernelWeights {

  private final Window2D window;
  private final int inputChannels;
  private final float[] values;

  ConvolutionWeights(Window2D window, int inputChannels, float[] values) {
    this.window = window;
    this.inputChannels = inputChannels;
    this.values = values;
  }

  @Override
  public void copy(
      int row, int column, int channel, int firstOutput, int count, float[] target, int offset) {
    Window2D.Axis rows = window.rows();
    Window2D.Axis columns = window.columns();
    if (row % rows.dilation() != 0 || column % columns.dilation() != 0) {
      return; // between the taps of a dilated kernel
    }
    int tap = row / rows.dilation() * columns.kernel() + column / columns.dilation();
    int taps = rows.kernel() * columns.kernel();
    for (int k = 0; k < count; k++) {
      target[offset + k] = values[((firstOutput + k) * inputChannels + channel) * taps + tap];
    }
  }
}
