package org.dl4jsnn.neuron;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Dynamics of one's own, where {@link SpikingNeuron} does not have them: what a neuron does with
 * the current of a step. Given to a layer's builder, they take the place of charge, fire, reset and
 * leak (equations 2 to 5 of docs/mathematics.md).
 *
 * <p>An implementation is an immutable value, serialised with the network by its class name: public
 * fields or getters that Jackson finds, and {@code equals}. It must depend on nothing but its
 * settings and the currents, so that results are the same for any number of threads.
 *
 * <p>Every step visits every neuron, so a layer costs more than one of {@link SpikingNeuron}s,
 * above all where spikes are few. Backprop rules that follow the membrane need to know its
 * equations and are refused; those of accumulated flow (AsfBackprop) are not.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface NeuronDynamics extends Serializable {

  /**
   * The neurons of a layer before the first step of a sample.
   *
   * @param neurons how many, at least 1
   * @return their state; called for every sample, from several threads
   */
  State start(int neurons);

  /** The membrane potentials, and whatever else changes, of a layer's neurons over one sample. */
  @FunctionalInterface
  interface State {

    /**
     * One step.
     *
     * @param currents the current of each neuron, finite, in an order that stays the same; not to
     *     be written to
     * @param fires where to set true for every neuron that fires; false at first
     */
    void step(float[] currents, boolean[] fires);
  }
}
