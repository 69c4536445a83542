package org.dl4jsnn.charge;

import org.dl4jsnn.neuron.Neurons;

/**
 * The currents that the neurons of a layer send to one another, with the current weights (equation
 * 44 of docs/mathematics.md): the part of a recurrence that the simulation needs.
 *
 * <p>Immutable and thread-safe.
 */
public interface RecurrentCharge {

  /** Key of the recurrent weights among the parameters, as in Deeplearning4j's layers. */
  String WEIGHT = "RW";

  /** For a layer without recurrent connections. */
  RecurrentCharge NONE =
      new RecurrentCharge() {
        @Override
        public boolean isNone() {
          return true;
        }

        @Override
        public void charge(Neurons neurons, float[] charged) {
          // No current.
        }

        @Override
        public double currentBound() {
          return 0;
        }
      };

  /** {@return whether the layer has no recurrent connections} */
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

  /** {@return a magnitude that no recurrent current of a step and no partial sum of it exceeds} */
  double currentBound();
}
