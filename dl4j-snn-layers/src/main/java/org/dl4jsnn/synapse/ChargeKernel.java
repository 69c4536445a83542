package org.dl4jsnn.synapse;

import org.dl4jsnn.spike.SpikeEvents;

/**
 * Adds the synaptic current of one step to the membrane of one sample (equations 1 and 2 of
 * docs/mathematics.md). An instance may hold scratch memory: one a task, not thread-safe.
 *
 * <ul>
 *   <li>{@link DenseCharge}: one row of weights an event.
 *   <li>{@link ConvolutionCharge}: a few contiguous runs of weights an event.
 *   <li>{@link AverageCharge}: the average of each pooling window.
 * </ul>
 */
@FunctionalInterface
public interface ChargeKernel {

  /**
   * Charges the membrane.
   *
   * @param events the input's events of the step
   * @param membrane the membrane potentials, laid out as the synapse's {@link MembraneLayout} says
   */
  void charge(SpikeEvents events, float[] membrane);
}
