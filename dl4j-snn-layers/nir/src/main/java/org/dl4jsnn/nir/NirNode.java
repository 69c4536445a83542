package org.dl4jsnn.nir;

/**
 * A node of a graph. Its equation is continuous in time; a dialect says how a program solves it at
 * a time step.
 *
 * <ul>
 *   <li>{@link NirWeights}: linear maps.
 *   <li>{@link NirNeurons}: neurons and integrators.
 *   <li>{@link NirPlumbing}: inputs, outputs, pooling, flattening and delays.
 *   <li>{@link NirGraph}: a graph as a node of another one.
 * </ul>
 */
public sealed interface NirNode permits NirWeights, NirNeurons, NirPlumbing, NirGraph {

  /** {@return the name of the kind of node in files, such as "LIF"} */
  default String type() {
    return this instanceof NirGraph ? "NIRGraph" : getClass().getSimpleName();
  }
}
