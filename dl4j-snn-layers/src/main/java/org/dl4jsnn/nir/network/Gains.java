package org.dl4jsnn.nir.network;

/** What a dialect multiplies currents by goes into the weights. */
final class Gains {

  private Gains() {}

  /** A map whose values are multiplied by numbers of their channels; null for 1. */
  static LinearMap of(Term term, float[] gain) {
    if (gain == null || Composition.isOne(gain)) {
      return term.map();
    }
    int perChannel = term.length() / gain.length;
    float[] all = new float[term.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = gain[i / perChannel];
    }
    return Composition.scaled(term, all).map();
  }

  /** The rows of a square matrix, likewise. */
  static float[] rows(float[] weights, float[] gain) {
    if (gain == null) {
      return weights;
    }
    float[] scaled = weights.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= gain[i / gain.length];
    }
    return scaled;
  }
}
