package org.dl4jsnn.nir;

/** A node of a running simulation: its output at a step and its state for the next. */
interface StepNode {

  /**
   * Runs a step.
   *
   * @param input the input; not modified
   * @param output receives the output
   */
  void step(float[] input, float[] output);

  /** Resets the state. */
  default void reset() {}
}
