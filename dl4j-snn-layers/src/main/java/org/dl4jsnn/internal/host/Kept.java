package org.dl4jsnn.internal.host;

/** What is kept of a simulation beside its spikes. */
public enum Kept {
  /** Nothing. */
  NOTHING,

  /** The state of the neurons after the last step. */
  END,

  /** The accumulated flow, where the simulation can tell it at little cost. */
  FLOW
}
