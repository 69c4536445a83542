package org.dl4jsnn.internal.kernel;

/**
 * A simulation whose membranes can be read after a sample: of neurons that never fire, they are the
 * sums of what arrived.
 */
public interface SummingSimulation extends SampleSimulation, CurrentSimulation.Source {}
