package org.dl4jsnn.nir.network;

import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirNeurons;

/** What a dialect makes of neurons at its time step. */
interface Cells {

  /**
   * Neurons that fire.
   *
   * @param dynamics what they do
   * @param gain what their currents are multiplied by, one number a channel; null for 1
   */
  record Firing(NeuronDynamics dynamics, float[] gain) {}

  /**
   * Integrators: v ← λ·v + gain · (current) + bias.
   *
   * @param leak λ
   * @param gain one number a neuron
   * @param bias one number a neuron
   */
  record Integrating(double leak, float[] gain, float[] bias) {}

  /**
   * Neurons that fire.
   *
   * @param neurons with one number a channel
   * @throws IllegalArgumentException if the dialect has none, or no layer does what it does
   */
  Firing firing(NirNeurons neurons);

  /**
   * Integrators.
   *
   * @param neurons with one number a neuron
   * @throws IllegalArgumentException if no read-out does what the dialect does
   */
  Integrating integrating(NirNeurons neurons);
}
