package org.dl4jsnn.kernel;

/**
 * Steps a block of neurons under a constant current. A block is {@value #WIDTH} words of spikes
 * wide; row b holds the neurons of bit b of every word, so that many words are made at once and no
 * bit is moved. Safe for threads.
 */
@FunctionalInterface
public interface CurrentKernel {

  /** Words of a block; a multiple of any vector's lanes. */
  int WIDTH = 64;

  /**
   * Charges, fires, resets and leaks once (equations 2 to 5 of docs/mathematics.md). Beyond the
   * width, as far as a block reaches, any values may be written.
   *
   * @param current the current of every neuron, {@value #WIDTH} a row
   * @param membrane the membrane potentials, in the same places
   * @param counts the number of spikes so far, in the same places
   * @param words where to write the spikes, one bit a row; bits without a row are zero
   * @param rows rows, at most 32
   * @param width words, at most {@value #WIDTH}
   */
  void step(float[] current, float[] membrane, float[] counts, int[] words, int rows, int width);
}
