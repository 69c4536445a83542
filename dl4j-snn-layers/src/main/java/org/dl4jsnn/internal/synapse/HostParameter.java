package org.dl4jsnn.internal.synapse;

/**
 * A parameter's values on the host, all of them finite.
 *
 * @param values in C order
 * @param largest the largest magnitude of them
 */
public record HostParameter(float[] values, float largest) {

  /** What a synapse without a bias has. */
  public static final HostParameter NONE = new HostParameter(new float[0], 0);
}
