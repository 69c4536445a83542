package org.dl4jsnn.internal.kernel;

/**
 * The loops of a layer's accumulated flow: which neurons had input, and the gradient through them
 * (equation 12 of docs/mathematics.md). A gate is one bit per neuron, 32 per word. Thread-safe.
 */
public interface FlowKernel {

  /** Bits of a word. */
  int WORD = Integer.SIZE;

  /** Partial sums. */
  int LANES = 16;

  /** Neurons that are summed in single precision. */
  int BLOCK = 512;

  /** The number of words for a number of neurons. */
  static int words(int neurons) {
    return (neurons + WORD - 1) / WORD;
  }

  /**
   * Sets the bits of the neurons whose accumulated input is above 0, and clears the others.
   *
   * @param gate where to write the bits
   */
  void gate(float[] in, int neurons, int[] gate);

  /**
   * Sums of the accumulated flow over the neurons that count (equation 11 of docs/mathematics.md).
   * A sum adds {@value #LANES} partial sums, each over every {@value #LANES}th neuron, in single
   * precision within blocks of {@value #BLOCK} neurons and then in double precision.
   *
   * @param all whether all count, or only those with in ≥ out
   * @return the sum of the input and that of the output
   */
  double[] sums(float[] in, float[] out, int first, int neurons, boolean all);

  /** Multiplies a gradient by a factor, and makes it 0 where the gate is closed. */
  void apply(int[] gate, float factor, float[] gradient, int neurons);
}
