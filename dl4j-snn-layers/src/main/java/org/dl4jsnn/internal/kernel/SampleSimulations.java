package org.dl4jsnn.internal.kernel;

/** Makes the simulations of a layer, one a task. */
@FunctionalInterface
public interface SampleSimulations {

  /**
   * A simulation for one task.
   *
   * @return the simulation
   */
  SampleSimulation newSimulation();

  /**
   * How many samples a simulation is best given at a time; it takes fewer, too.
   *
   * @return at least 1
   */
  default int samplesAtOnce() {
    return 1;
  }
}
