package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;

/**
 * The spikes of one layer over a time window, for every sample of a minibatch. Immutable once
 * built, and safe to read from several threads. Not meant to be implemented outside the library.
 *
 * <ul>
 *   <li>{@link EventSpikeTrain}: a list of events of amplitude 1, ±1 or any. Made by encoders.
 *   <li>{@link ConstantSpikeTrain}: the same amplitudes at every step. Made by direct encoding.
 *   <li>A step that is repeated: currents behind direct encoding, or the numbers of spikes of a
 *       window.
 *   <li>Spikes of neurons: 0 or 1, one bit per neuron and step.
 *   <li>{@link #scaled} ones: another train's amplitudes, times a factor per neuron. Made by
 *       dropout.
 * </ul>
 */
public interface SpikeTrain {

  /** {@return the shape of the neurons of one sample} */
  FeatureShape shape();

  /** {@return the number of samples in the minibatch} */
  int minibatch();

  /** {@return T, the time steps in the window} */
  int steps();

  /** {@return whether all spikes have amplitude 1; false if some are negative or graded} */
  boolean unitSpikes();

  /**
   * {@return whether the events are known to be the same at every step, so a current computed once
   * serves for the whole window; false if steps may differ}
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
   * {@return the share of neurons that have an event at a step, over all samples and steps, from 0
   * to 1}
   */
  double density();

  /** {@return a magnitude that no amplitude of the train exceeds} */
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
   * {@return the accumulated spiking flow: for every neuron the sum of its amplitudes over the
   * window (equation 6 of docs/mathematics.md), in the order of arrays [minibatch, channels,
   * height, width]; not to be written to}
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
