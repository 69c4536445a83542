package org.dl4jsnn.charge;

import org.dl4jsnn.spike.SpikeEvents;

/**
 * Charges the neurons of one sample with the spikes of one step. May own scratch memory: one per
 * task, not thread-safe.
 */
@FunctionalInterface
public interface StepCharge {

  /**
   * Adds the currents of a step (equations 1 and 2 of docs/mathematics.md).
   *
   * @param events the spikes that arrive
   * @param membrane where to add them: the first state variable of every neuron, in order of
   *     position and channel
   */
  void charge(SpikeEvents events, float[] membrane);
}
