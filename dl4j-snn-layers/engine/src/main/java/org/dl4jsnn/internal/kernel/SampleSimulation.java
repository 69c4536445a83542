package org.dl4jsnn.internal.kernel;

import java.util.List;

/**
 * Simulates one layer for one sample over a window. Owns its scratch memory: one per task, not
 * thread-safe.
 *
 * <ul>
 *   <li>{@link GatherSimulation}: layers with weights.
 *   <li>{@link RowGatherSimulation}: convolutions that many spikes reach, if sums are not exact.
 *   <li>{@link SharedGather}: fully connected layers with many weights, several samples at a time.
 *   <li>{@link BitmapAverage}: average pooling, the common case, many windows at a time.
 *   <li>{@code ReferenceSimulation}: everything else, by the neuron's definition.
 * </ul>
 */
@FunctionalInterface
public interface SampleSimulation {

  /**
   * Simulates one sample.
   *
   * @param run the sample, its state and where its spikes go
   */
  void run(SampleRun run);

  /**
   * Simulates several samples.
   *
   * @param runs the samples, at most {@link SampleSimulations#samplesAtOnce} of them
   */
  default void run(List<SampleRun> runs) {
    runs.forEach(this::run);
  }

  /**
   * Whether it computes the accumulated input of every neuron; false if {@link SampleRun#inputs}
   * must be null.
   */
  default boolean sumsInputs() {
    return false;
  }
}
