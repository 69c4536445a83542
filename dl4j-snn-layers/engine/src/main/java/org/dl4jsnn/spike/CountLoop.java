package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;

/** The innermost loop of {@link SpikeCounts}: the counts of one channel from their digits. */
@Internal
@FunctionalInterface
public interface CountLoop {

  /**
   * Writes the counts of a channel.
   *
   * @param digits one word per position, row after row; row k holds the digits of value 2ᵏ
   * @param first index of the first row's first word
   * @param rows the number of digits
   * @param positions the number of positions
   * @param bit the channel's bit in every word
   * @param target where to write one count per position
   * @param offset index of the first count
   */
  void write(int[] digits, int first, int rows, int positions, int bit, float[] target, int offset);
}
