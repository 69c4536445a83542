package org.dl4jsnn.gradient;

import org.dl4jsnn.neuron.Neurons;

/**
 * One step back for all neurons of a sample, from the gradient of their spikes to the gradient of
 * their currents. Scratch memory, one per task.
 *
 * @param <C> what is carried from step to step of a sample
 */
interface StepAdjoint<C> {

  /** What the last step starts from. */
  C start();

  /**
   * One step back.
   *
   * @param sample index of the sample
   * @param step index of the step
   * @param charged the neurons after charging
   * @param fired 1 for every neuron that fired, 0 for the others
   * @param surrogate the surrogate gradient of every neuron
   * @param carried from the step after; on return, from this one
   * @param row the row of the gradient array for the result
   */
  void back(
      int sample, int step, Neurons charged, float[] fired, float[] surrogate, C carried, int row);
}
