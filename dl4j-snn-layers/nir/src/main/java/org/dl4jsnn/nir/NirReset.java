package org.dl4jsnn.nir;

/** The reset of the membrane potential by a spike. Files do not specify it. */
enum NirReset {

  /** Sets it to the program's value: zero or v_reset. */
  TO_VALUE,

  /** Subtracts the threshold. */
  BY_SUBTRACTION
}
