package org.dl4jsnn.nir;

/** What a spike does to the membrane potential. Files cannot say which. */
public enum NirReset {

  /** Sets it to the value that the program takes: zero, or v_reset. */
  TO_VALUE,

  /** Subtracts the threshold. */
  BY_SUBTRACTION
}
