package org.dl4jsnn.synapse;

import org.dl4jsnn.neuron.Neurons;

/**
 * The currents that the neurons of a layer give one another, with the weights of the moment
 * (equation 44 of docs/mathematics.md): what the simulation needs of a recurrence.
 *
 * <ul>
 *   <li>{@link #NONE}: no neuron reaches another of its layer.
 *   <li>{@link FullRecurrentCharge}: every neuron reaches every neuron.
 *   <li>{@link OneToOneRecurrentCharge}: every neuron reaches itself.
 * </ul>
 *
 * Immutable and safe for threads.
 */
public interface RecurrentCharge {

  /** Of a layer whose neurons do not reach one another. */
  RecurrentCharge NONE = new NoRecurrentCharge();

  /**
   * Whether there is none.
   *
   * @return true where neurons do not reach one another
   */
  default boolean isNone() {
    return false;
  }

  /**
   * Adds the currents of the neurons that fired.
   *
   * @param neurons the neurons, after the reset
   * @param charged their first state variable
   */
  void charge(Neurons neurons, float[] charged);

  /**
   * How large the current of a step can be.
   *
   * @return a magnitude that no recurrent current exceeds, nor any part of its sum
   */
  double currentBound();
}
