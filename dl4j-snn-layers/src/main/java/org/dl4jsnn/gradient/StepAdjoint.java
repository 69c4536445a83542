package org.dl4jsnn.gradient;

import org.dl4jsnn.neuron.Neurons;

/**
 * One step back of all neurons of a sample, from the gradient of their spikes to that of their
 * currents. Scratch memory, one a task.
 *
 * @param <C> what goes from step to step of a sample
 */
interface StepAdjoint<C> {

  /** What the last step starts with. */
  C start();

  /**
   * One step back.
   *
   * @param sample index of the sample
   * @param step index of the step
   * @param charged the neurons after charging
   * @param fired 1 for every neuron that fired, 0 for the others
   * @param surrogate the surrogate gradient of every neuron
   * @param carried from the step after; afterwards from this one
   * @param row row of the array of gradients that the result goes to
   */
  void back(
      int sample, int step, Neurons charged, float[] fired, float[] surrogate, C carried, int row);
}
