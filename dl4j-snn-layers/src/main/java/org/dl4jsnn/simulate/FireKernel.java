package org.dl4jsnn.simulate;

import java.util.Arrays;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.synapse.MembraneLayout;

/**
 * Bias, fire, reset and leak of one step for the neurons of one sample (equations 2 to 5 of
 * docs/mathematics.md).
 */
final class FireKernel {

  private final MembraneLayout layout;
  private final float[] biasRow;
  private final float threshold;
  private final float leak;
  private final boolean subtractive;
  private final float resetValue;
  private final float initialMembrane;

  FireKernel(MembraneLayout layout, float[] biasRow, SpikingNeuron neuron) {
    this.layout = layout;
    this.biasRow = biasRow;
    this.threshold = (float) neuron.threshold();
    this.leak = (float) neuron.leak();
    this.subtractive = neuron.reset().isSubtractive();
    this.resetValue = (float) neuron.reset().value();
    this.initialMembrane = (float) neuron.initialMembrane();
  }

  /** Prepares the membrane for the first step of a window. */
  void begin(float[] membrane) {
    Arrays.fill(membrane, initialMembrane);
  }

  /**
   * One step.
   *
   * @param membrane charged with the step's synaptic current
   * @param bits where to set the bits of the neurons that fire; zero before
   * @param firstWord the step's first word
   * @param counts the number of spikes of each neuron so far
   */
  void fire(float[] membrane, long[] bits, int firstWord, float[] counts) {
    int length = layout.rowLength();
    for (int row = 0; row < layout.rows(); row++) {
      int start = layout.origin() + row * layout.rowStride();
      int firstNeuron = row * length;
      for (int k = 0; k < biasRow.length; k++) {
        membrane[start + k] += biasRow[k];
      }
      for (int k = 0; k < length; k++) {
        float potential = membrane[start + k];
        if (potential > threshold) {
          int neuron = firstNeuron + k;
          bits[firstWord + (neuron >>> 6)] |= 1L << neuron;
          counts[neuron]++;
          membrane[start + k] = subtractive ? potential - threshold : resetValue;
        }
      }
      if (leak != 1) {
        for (int k = 0; k < length; k++) {
          membrane[start + k] *= leak;
        }
      }
    }
  }
}
