package org.dl4jsnn.internal.kernel;

/** The weights of a layer, however they are stored. */
@FunctionalInterface
public interface KernelWeights {

  /**
   * Copies the weights from one input of the window to neighbouring output channels; zeros where
   * they are not connected.
   *
   * @param target where to copy to
   * @param offset index of the first weight in the target
   */
  void copy(
      int row, int column, int channel, int firstOutput, int count, float[] target, int offset);

  /**
   * Copies the weights from all channels at one place of the window, one channel after another.
   *
   * @param channels the number of channels
   * @param width how far apart the weights of two channels lie in the target
   */
  default void copyChannels(
      int row,
      int column,
      int channels,
      int firstOutput,
      int count,
      int width,
      float[] target,
      int offset) {
    for (int channel = 0; channel < channels; channel++) {
      copy(row, column, channel, firstOutput, count, target, offset + channel * width);
    }
  }
}
