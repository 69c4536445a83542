package org.dl4jsnn.gradient;

/**
 * What a {@link BackpropRule} keeps from a layer's simulation until the backward pass. Must hold
 * only Java objects or arrays outside workspaces.
 */
public interface Observation {

  /** Nothing. */
  Observation NONE = new Observation() {};
}
