package org.dl4jsnn.neuron.linear;

/**
 * When a {@link LinearNeuron} fires (equation 63 of docs/mathematics.md). Model files hold the
 * ordinals.
 */
public enum Firing {

  /** If the membrane potential is above the threshold. */
  ABOVE,

  /** If the membrane potential reaches the threshold. */
  REACHED,

  /**
   * As often as the threshold fits into the membrane potential. Layers of Deeplearning4j use {@link
   * #REACHED one spike} for such a neuron.
   */
  SEVERAL,

  /** Never: an integrator, whose output is the membrane potential. */
  NEVER;

  /**
   * The distance of a membrane potential above firing.
   *
   * @param membrane v
   * @param threshold θ
   * @return above 0 if the neuron fires
   */
  float excess(float membrane, float threshold) {
    return switch (this) {
      case ABOVE -> membrane - threshold;
      case REACHED, SEVERAL -> membrane - Math.nextDown(threshold);
      case NEVER -> Float.NEGATIVE_INFINITY;
    };
  }

  /**
   * {@return the number of spikes of a neuron}
   *
   * @param membrane v
   * @param threshold θ
   */
  float spikes(float membrane, float threshold) {
    if (!(excess(membrane, threshold) > 0)) {
      return 0;
    }
    return this == SEVERAL ? (float) Math.floor(membrane / threshold) : 1;
  }
}
