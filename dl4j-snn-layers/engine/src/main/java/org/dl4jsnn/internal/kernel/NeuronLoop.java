package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeEvents;

/**
 * The loop over charged neurons of a layer whose potentials stay where they are from step to step
 * (equations 3 to 5 of docs/mathematics.md). Gives the bits of a {@link ColumnKernel}. Thread-safe.
 */
public interface NeuronLoop {

  /**
   * Fires, resets and lets leak the neurons of some positions.
   *
   * @param potentials in order of position and channel
   * @param positions a bit for every position to visit
   * @param armed gets a bit for every position with a neuron above the threshold afterwards; its
   *     other bits are cleared if the position was visited
   * @param fired receives the spikes
   * @return whether any position is armed
   */
  boolean step(float[] potentials, int channels, long[] positions, long[] armed, SpikeEvents fired);

  /**
   * Lets the neurons of some positions leak for the steps that they have missed; they are to take
   * the next one.
   *
   * @param taken by position, the steps that its neurons have taken
   * @param now the steps that all have to take before the next
   */
  default void catchUp(float[] potentials, int channels, long[] positions, long[] taken, long now) {
    for (int word = 0; word < positions.length; word++) {
      for (long left = positions[word]; left != 0; left &= left - 1) {
        int position = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        long missed = now - taken[position];
        if (missed > 0) {
          leak(potentials, position * channels, channels, missed);
        }
        taken[position] = now + 1;
      }
    }
  }

  /**
   * Lets adjacent neurons leak for so many steps.
   *
   * @param at the first of them
   */
  void leak(float[] potentials, int at, int count, long steps);
}
