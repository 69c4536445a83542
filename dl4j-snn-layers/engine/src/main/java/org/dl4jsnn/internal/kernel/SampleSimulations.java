package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeTrain;

/** Makes the simulations of a layer, one per task. */
@FunctionalInterface
public interface SampleSimulations {

  /** A simulation of a share of the neurons, for one task. */
  SampleSimulation newSimulation(Share share);

  /** The best number of samples per call of a simulation; fewer are allowed; at least 1. */
  default int samplesAtOnce() {
    return 1;
  }

  /** The most shares of one sample that are worth a thread each; at least 1. */
  default int mostShares(SpikeTrain input) {
    return 1;
  }
}
