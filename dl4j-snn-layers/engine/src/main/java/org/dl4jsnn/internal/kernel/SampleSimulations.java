package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeTrain;

/** Makes the simulations of a layer, one per task. Thread-safe. */
@FunctionalInterface
public interface SampleSimulations {

  /** A simulation of a share of the neurons, for one task. */
  SampleSimulation newSimulation(Share share);

  /**
   * Takes back a simulation of a share after its task, for a task to come; a task that failed does
   * not give it back.
   */
  default void giveBack(Share share, SampleSimulation simulation) {}

  /** The best number of samples per call of a simulation; fewer are allowed; at least 1. */
  default int samplesAtOnce() {
    return 1;
  }

  /** The most shares of one sample that are worth a thread each; at least 1. */
  default int mostShares(SpikeTrain input) {
    return 1;
  }
}
