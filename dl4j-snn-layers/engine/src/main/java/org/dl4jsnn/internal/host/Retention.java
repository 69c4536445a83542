package org.dl4jsnn.internal.host;

/** What a simulation keeps besides its spikes. */
public enum Retention {
  /** Nothing. */
  NOTHING,

  /** The state of the neurons after the last step. */
  END,

  /** The accumulated flow, if the simulation knows it at little cost. */
  FLOW
}
