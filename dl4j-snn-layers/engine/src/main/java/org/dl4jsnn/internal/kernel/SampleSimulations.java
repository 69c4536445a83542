package org.dl4jsnn.internal.kernel;

/** Makes the simulations of a layer, one per task. */
@FunctionalInterface
public interface SampleSimulations {

  /** A simulation for one task. */
  SampleSimulation newSimulation();

  /** The best number of samples per call of a simulation; fewer are allowed; at least 1. */
  default int samplesAtOnce() {
    return 1;
  }
}
