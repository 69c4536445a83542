package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.synapse.StepCharge;

/**
 * Adds the average of each window. The events of a window are summed before they are divided by its
 * size, so that the current is the correctly rounded average, as a dense implementation computes
 * it.
 */
public final class AverageCharge implements StepCharge {

  private final int[][] windowsOfInput;
  private final int windowSize;
  private final float[] sums;

  /**
   * A charge.
   *
   * @param windowsOfInput for every input neuron the output neurons whose window holds it
   * @param windowSize positions of a window
   * @param output the output's shape
   */
  public AverageCharge(int[][] windowsOfInput, int windowSize, FeatureShape output) {
    this.windowsOfInput = windowsOfInput;
    this.windowSize = windowSize;
    this.sums = new float[output.neurons()];
  }

  @Override
  public void charge(SpikeEvents events, float[] membrane) {
    for (int e = 0; e < events.size(); e++) {
      for (int neuron : windowsOfInput[events.neuron(e)]) {
        sums[neuron] += events.amplitude(e);
      }
    }
    for (int e = 0; e < events.size(); e++) {
      for (int neuron : windowsOfInput[events.neuron(e)]) {
        // The first event of a window brings in the whole sum; for the others it is zero.
        membrane[neuron] += sums[neuron] / windowSize;
        sums[neuron] = 0;
      }
    }
  }
}
