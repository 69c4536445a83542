package org.dl4jsnn.gradient;

/**
 * What a {@link BackpropRule} keeps from a layer's simulation until the backward pass. Holds Java
 * objects or arrays outside of workspaces only.
 */
public interface Observation {

  /** Nothing. */
  Observation NONE = new Observation() {};
}
