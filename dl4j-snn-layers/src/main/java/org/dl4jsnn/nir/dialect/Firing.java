package org.dl4jsnn.nir.dialect;

/**
 * When a neuron of a dialect fires (equation 63 of docs/mathematics.md). Model files hold the
 * ordinals.
 */
public enum Firing {

  /** Where the membrane potential is above the threshold. */
  ABOVE,

  /** Where the membrane potential reaches the threshold. */
  REACHED,

  /**
   * As often as the threshold goes into the membrane potential. Layers of Deeplearning4j take such
   * a neuron for one that {@link #REACHED fires once}.
   */
  SEVERAL,

  /** Not at all: an integrator, whose output is the membrane potential. */
  NEVER;

  /**
   * How far a membrane potential is above firing.
   *
   * @param membrane v
   * @param threshold θ
   * @return above 0 where the neuron fires
   */
  float excess(float membrane, float threshold) {
    return switch (this) {
      case ABOVE -> membrane - threshold;
      case REACHED, SEVERAL -> membrane - Math.nextDown(threshold);
      case NEVER -> Float.NEGATIVE_INFINITY;
    };
  }

  /**
   * How many spikes a neuron gives.
   *
   * @param membrane v
   * @param threshold θ
   * @return a whole number
   */
  float spikes(float membrane, float threshold) {
    if (!(excess(membrane, threshold) > 0)) {
      return 0;
    }
    return this == SEVERAL ? (float) Math.floor(membrane / threshold) : 1;
  }
}
