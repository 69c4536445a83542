package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates one layer for one sample over the whole window. Owns its scratch memory: one a task,
 * not thread-safe.
 *
 * <ul>
 *   <li>{@link GatherSimulation}: layers with weights.
 *   <li>{@link AverageSimulation}: average pooling.
 *   <li>{@link BitmapAverage}: the common case of it, many windows at a time.
 * </ul>
 */
@FunctionalInterface
public interface SampleSimulation {

  /**
   * Simulates.
   *
   * @param input the spikes of the layer before
   * @param sample index of the sample
   * @param words where to set the bits of the spikes; zero before; laid out as {@link
   *     org.dl4jsnn.spike.BitLayout} says
   * @param totals where to write the number of spikes of every neuron, in the order of arrays
   * @param offset index of the sample's first total
   */
  void run(SpikeTrain input, int sample, int[] words, float[] totals, int offset);
}
