package org.dl4jsnn.charge;

import org.dl4jsnn.neuron.Neurons;

/**
 * The currents that the neurons of a layer send to one another, with the current weights (equation
 * 44 of docs/mathematics.md): the part of a recurrence that the simulation needs.
 *
 * <ul>
 *   <li>{@link #NONE}: no neuron reaches another of its layer.
 *   <li>{@link FullRecurrentCharge}: every neuron reaches every neuron.
 *   <li>{@link OneToOneRecurrentCharge}: every neuron reaches itself.
 * </ul>
 *
 * Immutable and thread-safe.
 */
public interface RecurrentCharge {
  /** Key of the recurrent weights among the parameters, as in Deeplearning4j's layers. */
  String WEIGHT = "RW";

  /** For a layer without recurrent connections. */
  RecurrentCharge NONE = new NoRecurrentCharge();

  /**
   * Whether the layer has no recurrence.
   *
   * @return true without recurrent connections
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
   * A bound on the current of a step.
   *
   * @return a magnitude that no recurrent current and no partial sum of it exceeds
   */
  double currentBound();
}
