package org.dl4jsnn.neuron;

/**
 * What is read from a membrane that integrates and never fires (equation 52 of
 * docs/mathematics.md).
 */
public enum MembraneReadOut {

  /** The membrane after the last step of the sequence. */
  LAST,

  /** Its mean over the steps of the sequence. */
  MEAN,

  /** Its largest value over the steps of the sequence. */
  MAXIMUM,

  /** Its value at every step; 0 after the end of the sequence. */
  COURSE
}
