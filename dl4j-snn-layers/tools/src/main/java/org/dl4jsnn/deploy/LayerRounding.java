package org.dl4jsnn.deploy;

/**
 * The rounded weights of a layer, with the same powers of two for both kinds.
 *
 * @param weights the weights from the layer below
 * @param recurrent the weights from the layer to itself; null without recurrence
 */
record LayerRounding(QuantizedWeights weights, QuantizedWeights recurrent) {

  /** Whether each output channel has a nonzero integer. */
  boolean[] hasWeights() {
    boolean[] has = weights.hasWeights();
    if (recurrent != null) {
      boolean[] more = recurrent.hasWeights();
      for (int channel = 0; channel < has.length; channel++) {
        has[channel] |= more[channel];
      }
    }
    return has;
  }
}
