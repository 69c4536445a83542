package org.dl4jsnn.internal.kernel;

/**
 * Simulates one layer for one sample over a window. Owns its scratch memory: one a task, not
 * thread-safe.
 *
 * <ul>
 *   <li>{@link GatherSimulation}: layers with weights.
 *   <li>{@link BitmapAverage}: average pooling, the common case, many windows at a time.
 *   <li>{@code ReferenceSimulation}: everything else, by the neuron's definition.
 * </ul>
 */
@FunctionalInterface
public interface SampleSimulation {

  /**
   * Simulates.
   *
   * @param run the sample, its state and where its spikes go
   */
  void run(SampleRun run);

  /**
   * Whether it can tell the accumulated input of every neuron.
   *
   * @return false where {@link SampleRun#inputs} must be null
   */
  default boolean sumsInputs() {
    return false;
  }
}
