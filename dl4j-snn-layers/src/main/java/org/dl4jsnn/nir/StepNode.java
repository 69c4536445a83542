package org.dl4jsnn.nir;

/** A node of a running simulation: what it gives at a step, and what it keeps for the next. */
interface StepNode {

  /**
   * Runs a step.
   *
   * @param input what arrives; not written to
   * @param output where to write what it gives
   */
  void step(float[] input, float[] output);

  /** Begins anew. */
  default void reset() {}
}
