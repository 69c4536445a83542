package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeEvents;

/**
 * Charges the membranes of one sample with the spikes of one step, for those who want to look at
 * membranes step by step. Adds in the order of the event-driven engine and gives the same bits. May
 * own scratch memory: one a task, not thread-safe.
 *
 * <ul>
 *   <li>{@link ScatterCharge}: layers with weights.
 *   <li>{@link AverageCharge}: average pooling.
 * </ul>
 */
@FunctionalInterface
public interface StepCharge {

  /**
   * Adds the currents of a step (equations 1 and 2 of docs/mathematics.md).
   *
   * @param events the spikes that arrive
   * @param membrane the membrane potentials, in order of position and channel
   */
  void charge(SpikeEvents events, float[] membrane);
}
