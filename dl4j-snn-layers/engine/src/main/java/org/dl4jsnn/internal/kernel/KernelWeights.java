package org.dl4jsnn.internal.kernel;

/** The weights of a layer, however they are stored. */
@FunctionalInterface
public interface KernelWeights {

  /**
   * Copies the weights from one input of the window to neighbouring output channels.
   *
   * @param target where to copy to
   * @param offset index of the first weight in the target
   */
  void copy(
      int row, int column, int channel, int firstOutput, int count, float[] target, int offset);
}
