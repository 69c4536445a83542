package org.dl4jsnn.spike;

/**
 * How the spikes of one step are packed: for every position (row-major) its channels, 32 to a word,
 * beginning with a new word. A vector is a single position.
 *
 * @param perPosition words of a position
 * @param perStep words of a step
 */
public record BitLayout(int perPosition, int perStep) {

  /** Channels of a word. */
  public static final int WORD = Integer.SIZE;

  /**
   * The layout of a layer's spikes.
   *
   * @param shape the layer's shape
   * @return the layout
   */
  public static BitLayout of(FeatureShape shape) {
    int perPosition = (shape.channels() + WORD - 1) / WORD;
    return new BitLayout(perPosition, Math.multiplyExact(perPosition, shape.positions()));
  }

  /**
   * An empty train of one sample.
   *
   * @param steps T
   * @return all words of all steps
   */
  public int[] words(int steps) {
    return new int[Math.multiplyExact(perStep, steps)];
  }

  /**
   * The word of a neuron; its bit is channel mod 32.
   *
   * @param step time step
   * @param position y · width + x
   * @param channel channel
   * @return index of the word among all words of a sample
   */
  public int word(int step, int position, int channel) {
    return step * perStep + position * perPosition + (channel >>> 5);
  }
}
