package org.dl4jsnn.synapse;

import org.dl4jsnn.spike.FeatureShape;

/**
 * What the event-driven engine needs of a layer's synapses: where the neurons lie, the constant
 * current, and kernels that add a step's current.
 */
public interface EventSynapse {

  /**
   * The shape of the neurons that are charged.
   *
   * @return the output's shape
   */
  FeatureShape outputShape();

  /**
   * The layout of the membrane.
   *
   * @return the layout, rows · rowLength = neurons
   */
  MembraneLayout layout();

  /**
   * The bias current added at every step to each neuron of a row, after the spikes' current; the
   * same for every row.
   *
   * @return one value a neuron of a row, or an empty array for none
   */
  float[] biasRow();

  /**
   * A kernel for one task; kernels share the weights and own their scratch memory.
   *
   * @return the kernel
   */
  ChargeKernel newKernel();
}
