package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;

/**
 * The spikes of one layer over a time window, for every sample of a minibatch. Immutable once
 * built, and safe to read from several threads.
 *
 * <ul>
 *   <li>{@link BinarySpikeTrain}: 0 or 1, one bit per neuron and step. Fired by neurons.
 *   <li>{@link EventSpikeTrain}: a list of events of amplitude 1, ±1 or any. Made by encoders.
 *   <li>{@link ConstantSpikeTrain}: the same amplitudes at every step. Made by direct encoding.
 *   <li>{@link ScaledSpikeTrain}: another train's amplitudes, times a factor per neuron. Made by
 *       dropout.
 * </ul>
 */
public sealed interface SpikeTrain
    permits BinarySpikeTrain, EventSpikeTrain, ConstantSpikeTrain, ScaledSpikeTrain {

  /**
   * The shape of the neurons.
   *
   * @return the shape of one sample
   */
  FeatureShape shape();

  /**
   * The number of samples.
   *
   * @return the size of the minibatch
   */
  int minibatch();

  /**
   * T.
   *
   * @return time steps in the window
   */
  int steps();

  /**
   * Whether all spikes have amplitude 1.
   *
   * @return false if some are negative or graded
   */
  boolean unitSpikes();

  /**
   * Whether the events are known to be the same at every step, so a current computed once serves
   * for the whole window.
   *
   * @return false if steps may differ
   */
  default boolean isConstant() {
    return false;
  }

  /**
   * A train of one step, for a train that is the same at every step.
   *
   * @return its first step
   * @throws IllegalStateException if steps may differ
   */
  @Internal
  default SpikeTrain ofAnyStep() {
    throw new IllegalStateException(
        "a train must be constant to have any step, got one that changes");
  }

  /**
   * The share of neurons that have an event at a step, over all samples and steps.
   *
   * @return the density, from 0 to 1
   */
  double density();

  /**
   * A bound on the amplitudes.
   *
   * @return a magnitude that no amplitude of the train exceeds
   */
  @Internal
  float amplitudeBound();

  /**
   * Reads the events of one sample at one step.
   *
   * @param sample index of the sample
   * @param step index of the step, from 0
   * @param events cleared, then filled in increasing order of the neuron
   */
  void read(int sample, int step, SpikeEvents events);

  /**
   * The accumulated spiking flow: for every neuron the sum of its amplitudes over the window
   * (equation 6 of docs/mathematics.md), in the order of arrays [minibatch, channels, height,
   * width]. Not to be written to.
   *
   * @return minibatch · neurons sums
   */
  float[] totals();

  /**
   * This train with the amplitudes of every neuron multiplied by a factor that is the same at every
   * step; a neuron with factor 0 has no spikes.
   *
   * @param factors a factor for every sample and neuron, in the order of arrays; not copied
   * @return the train; its extra memory does not grow with T
   */
  default SpikeTrain scaled(float[] factors) {
    return new ScaledSpikeTrain(this, factors);
  }
}
