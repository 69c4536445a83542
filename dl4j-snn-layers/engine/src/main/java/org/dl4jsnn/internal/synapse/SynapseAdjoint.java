package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.internal.kernel.InputSums;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * The adjoint of synapses, event by event (equation 9 of docs/mathematics.md at every step): the
 * cost is proportional to the number of events. Thread-safe.
 */
public interface SynapseAdjoint {

  /** Sums of the gradient of the inputs, to which graded events of the currents' are added. */
  InputSums newInputSums();

  /** An array for the sums of {@link #learn}; empty without weights. */
  float[] newSums();

  /**
   * Adds to the gradient of the weights.
   *
   * @param events the spikes that arrived at a step
   * @param currentGradient the gradient of that step's currents, in order of position and channel
   * @param sums where to add, in an order of its own
   */
  void learn(SpikeEvents events, float[] currentGradient, float[] sums);

  /**
   * Writes sums in the order of the parameter.
   *
   * @param sums as {@link #learn} added them up
   * @param gradient as long as the parameter
   */
  void collect(float[] sums, float[] gradient);
}
