package org.dl4jsnn.nir;

import org.dl4jsnn.internal.Require;

/**
 * How a window moves along an axis.
 *
 * @param stride from one window to the next, at least 1
 * @param padding zeros on either side; {@link #SAME} for as many as are needed to make the output
 *     as long as the input, with an odd one at the end
 * @param dilation from one tap to the next, at least 1
 */
public record NirAxis(int stride, int padding, int dilation) {

  /** The padding "same" of a file. */
  public static final int SAME = -1;

  /**
   * Checks the numbers.
   *
   * @param stride from one window to the next
   * @param padding zeros on either side, or {@link #SAME}
   * @param dilation from one tap to the next
   * @throws IllegalArgumentException if one is too small
   */
  public NirAxis {
    Require.atLeast("stride", stride, 1);
    Require.atLeast("padding", padding, SAME);
    Require.atLeast("dilation", dilation, 1);
  }
}
