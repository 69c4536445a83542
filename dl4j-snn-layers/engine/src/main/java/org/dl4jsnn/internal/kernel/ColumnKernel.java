package org.dl4jsnn.internal.kernel;

/**
 * The innermost loop: charges and fires a block of output channels along one column of output
 * positions, over a few steps. Holds the weights of its block of channels; thread-safe.
 *
 * <p>Two implementations give the same bits: {@link PlainColumnKernel}, and the vectorised one of
 * {@code org.dl4jsnn.internal.kernel.vector}.
 */
public interface ColumnKernel {

  /** Runs. */
  void run(ColumnTask task);

  /**
   * Only adds the events of the first step to the membranes of all positions. Adding some here and
   * the rest in {@link #run}, with {@link ColumnTask#everyPosition} set, gives the same bits as all
   * of them at once.
   */
  void chargeAll(ColumnTask task);

  /**
   * Takes the membranes of all positions as currents, adds the bias, and runs neurons that get them
   * at every one of {@link ColumnTask#held} steps; leaves their potentials in the membranes.
   */
  void hold(ColumnTask task);

  /**
   * Whether a row of the block has these weights.
   *
   * @param row its number
   * @param weights one per channel of the block
   * @param from index of the first of them
   */
  boolean holds(int row, float[] weights, int from);
}
