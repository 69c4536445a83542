package org.dl4jsnn.synapse;

import org.dl4jsnn.spike.SpikeEvents;

/**
 * Charges an average-pooling layer. The events of a window are summed before they are divided by
 * the window's size, so that the current is the correctly rounded average, as a dense
 * implementation computes it.
 */
final class AverageCharge implements ChargeKernel {

  private final int[][] windowsOfInput;
  private final float windowSize;
  private final float[] sums;

  /**
   * A kernel.
   *
   * @param windowsOfInput for every input neuron the output neurons whose window holds it
   * @param outputs neurons of the layer
   * @param windowSize positions of a window
   */
  AverageCharge(int[][] windowsOfInput, int outputs, int windowSize) {
    this.windowsOfInput = windowsOfInput;
    this.windowSize = windowSize;
    this.sums = new float[outputs];
  }

  @Override
  public void charge(SpikeEvents events, float[] membrane) {
    for (int e = 0; e < events.size(); e++) {
      for (int output : windowsOfInput[events.neuron(e)]) {
        sums[output] += events.amplitude(e);
      }
    }
    for (int e = 0; e < events.size(); e++) {
      for (int output : windowsOfInput[events.neuron(e)]) {
        // The first event of a window brings in the whole sum; for the others it is zero.
        membrane[output] += sums[output] / windowSize;
        sums[output] = 0;
      }
    }
  }
}
