package org.dl4jsnn.internal.kernel;

/**
 * The innermost loop: charges and fires a block of output channels along one column of output
 * positions, over a few steps. Holds the weights of its block of channels; safe for threads.
 *
 * <p>Two implementations give the same bits: {@link PlainColumnKernel}, and the vectorised one of
 * {@code org.dl4jsnn.internal.kernel.vector}.
 */
@FunctionalInterface
public interface ColumnKernel {

  /**
   * Runs.
   *
   * @param task what to do
   */
  void run(ColumnTask task);
}
