package org.dl4jsnn.internal.host;

import java.util.Arrays;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Delays of bit-packed spikes by the binary digits of the delays: the neurons whose delay has the
 * digit 2ᵏ are delayed by 2ᵏ steps, all at once. So many different delays take as many passes as
 * the longest one has digits.
 *
 * @param layout the words of a step
 * @param digits for every k, the neurons whose delay has the digit 2ᵏ, as words of a step, repeated
 *     for some steps; null if there are none
 */
record DelayMasks(BitLayout layout, int[][] digits) {

  /** Words that make a loop worth vector instructions and stay in the first cache. */
  private static final int LOOP = 512;

  /** The masks of delays, one per neuron in array order. */
  static DelayMasks of(FeatureShape shape, int[] steps) {
    BitLayout layout = BitLayout.of(shape);
    int[] places = layout.places(shape);
    int perStep = layout.perStep();
    int[][] digits = new int[Integer.SIZE - 1][];
    for (int i = 0; i < steps.length; i++) {
      int channel = i / places.length;
      int word = layout.plane(0, channel) + places[i % places.length];
      for (int rest = steps[i]; rest != 0; rest &= rest - 1) {
        int k = Integer.numberOfTrailingZeros(rest);
        if (digits[k] == null) {
          digits[k] = new int[block(layout)];
        }
        digits[k][word] |= 1 << channel;
      }
    }
    for (int[] digit : digits) {
      for (int at = perStep; digit != null && at < digit.length; at += perStep) {
        System.arraycopy(digit, 0, digit, at, perStep);
      }
    }
    return new DelayMasks(layout, digits);
  }

  /** Words of some whole steps. */
  private static int block(BitLayout layout) {
    return ((LOOP - 1) / layout.perStep() + 1) * layout.perStep();
  }

  /**
   * Delays words in place; before them there are no spikes.
   *
   * @param words of whole steps; those before the last ones are of no use afterwards
   * @param steps the last ones, which are wanted
   */
  void delay(int[] words, int steps) {
    int block = block(layout);
    int[] now = new int[Math.min(block, words.length)];
    int[] before = new int[now.length];
    for (int k = digits.length - 1; k >= 0; k--) {
      long shift = (long) layout.perStep() << k;
      // The smaller digits still to come reach back by less than this one.
      long wanted = words.length - ((long) steps - 1) * layout.perStep() - shift;
      // From the last block to the first, since each reads those before it.
      int last = (words.length - 1) / block * block;
      for (int first = last;
          first >= 0 && first + (long) block > wanted && digits[k] != null;
          first -= block) {
        int length = Math.min(block, words.length - first);
        int silent = (int) Math.min(length, Math.max(0, shift - first));
        Arrays.fill(before, 0, silent, 0);
        int source = silent == length ? 0 : (int) (first + silent - shift);
        System.arraycopy(words, source, before, silent, length - silent);
        System.arraycopy(words, first, now, 0, length);
        replace(now, before, digits[k], length);
        System.arraycopy(now, 0, words, first, length);
      }
    }
  }

  /** Only equal indices become vector instructions: others may be of the same array. */
  private static void replace(int[] words, int[] others, int[] masks, int length) {
    for (int i = 0; i < length; i++) {
      words[i] ^= (words[i] ^ others[i]) & masks[i];
    }
  }
}
