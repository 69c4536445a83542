package org.dl4jsnn.internal.synapse;

/**
 * A parameter's values on the host, all finite.
 *
 * @param values in C order
 * @param largest their largest magnitude
 */
public record HostParameter(float[] values, float largest) {

  /** The bias of a synapse without one. */
  public static final HostParameter NONE = new HostParameter(new float[0], 0);
}
