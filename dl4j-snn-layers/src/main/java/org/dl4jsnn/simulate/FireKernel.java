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
      addBias(membrane, start);
      for (int k = 0; k < length; k += Long.SIZE) {
        int first = row * length + k;
        int end = Math.min(Long.SIZE, length - k);
        long fired = fired(membrane, start + k, end, threshold);
        if (fired != 0) {
          set(bits, firstWord, first, fired);
          reset(membrane, start + k, first, fired, counts);
        }
      }
      leak(membrane, start, length);
    }
  }

  private void addBias(float[] membrane, int start) {
    for (int k = 0; k < biasRow.length; k++) {
      membrane[start + k] += biasRow[k];
    }
  }

  /** One bit for each of up to 64 neurons whose potential is strictly above the threshold. */
  private static long fired(float[] membrane, int start, int neurons, float threshold) {
    long fired = 0;
    for (int k = 0; k < neurons; k++) {
      // The sign of threshold - u, without a branch.
      fired |= (long) (Float.floatToRawIntBits(threshold - membrane[start + k]) >>> 31) << k;
    }
    return fired;
  }

  /** Sets bits from that of the first neuron on; rows need not begin at a word. */
  private static void set(long[] bits, int firstWord, int firstNeuron, long fired) {
    int word = firstWord + (firstNeuron >>> 6);
    bits[word] |= fired << firstNeuron;
    long carried = fired >>> 1 >>> ~firstNeuron;
    if (carried != 0) {
      bits[word + 1] |= carried;
    }
  }

  private void reset(float[] membrane, int start, int firstNeuron, long fired, float[] counts) {
    for (long left = fired; left != 0; left &= left - 1) {
      int k = Long.numberOfTrailingZeros(left);
      counts[firstNeuron + k]++;
      membrane[start + k] = subtractive ? membrane[start + k] - threshold : resetValue;
    }
  }

  private void leak(float[] membrane, int start, int length) {
    if (leak != 1) {
      for (int k = start; k < start + length; k++) {
        membrane[k] *= leak;
      }
    }
  }
}
