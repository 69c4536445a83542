package org.dl4jsnn.synapse;

/** Adds a contiguous run of weights to a contiguous run of membrane potentials. */
final class WeightRun {

  private WeightRun() {}

  /**
   * membrane[to + k] += amplitude · weights[from + k] for k below length.
   *
   * <p>The weights are first copied to the scratch array at the membrane's own index: the just-in-
   * time compiler vectorises a loop over one shared index, and not one over two.
   */
  static void add(
      float[] membrane,
      int to,
      float[] weights,
      int from,
      int length,
      float amplitude,
      float[] scratch) {
    System.arraycopy(weights, from, scratch, to, length);
    int end = to + length;
    if (amplitude == 1) {
      for (int k = to; k < end; k++) {
        membrane[k] += scratch[k];
      }
    } else {
      for (int k = to; k < end; k++) {
        membrane[k] += amplitude * scratch[k];
      }
    }
  }
}
