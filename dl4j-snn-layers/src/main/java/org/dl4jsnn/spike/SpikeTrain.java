package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;

/**
 * The spikes of one layer over a time window, for every sample of a minibatch. Immutable once
 * built, and safe to read from several threads.
 *
 * <ul>
 *   <li>{@link BinarySpikeTrain}: 0 or 1, one bit a neuron and step. What neurons fire.
 *   <li>{@link EventSpikeTrain}: a list of events of amplitude 1, ±1 or any. What encoders make.
 *   <li>{@link ConstantSpikeTrain}: the same amplitudes at every step. What direct encoding makes.
 *   <li>{@link ScaledSpikeTrain}: those of another train, times a factor for every neuron. What
 *       dropout makes.
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
   * Samples.
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
   * Whether all spikes are of amplitude 1.
   *
   * @return false where some are negative or graded
   */
  boolean unitSpikes();

  /**
   * Whether the events are known to be the same at every step, so that a current computed once
   * serves for the whole window.
   *
   * @return false where steps may differ
   */
  default boolean isConstant() {
    return false;
  }

  /**
   * A train of one step, of a train that is the same at every step.
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
   * How large amplitudes can be.
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
   * step; a neuron of factor 0 has no spikes.
   *
   * @param factors a factor for every sample and neuron, in the order of arrays; taken over, not
   *     copied
   * @return the train; it takes no memory that grows with T
   */
  default SpikeTrain scaled(float[] factors) {
    return new ScaledSpikeTrain(this, factors);
  }
}
