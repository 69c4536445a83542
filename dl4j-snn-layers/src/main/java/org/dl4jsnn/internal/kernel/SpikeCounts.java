package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Counts the spikes of every neuron of a sample, 32 neurons to a word: each row of digits holds one
 * binary digit of all their counts, and a step's spikes are added as a carry. Four steps are added
 * at once, by full adders. Scratch memory, one a task.
 *
 * <p>Spikes are copied before they are added, since Java 17 vectorises a loop only where all arrays
 * are read at the same index.
 */
final class SpikeCounts {

  private static final int STEPS_AT_ONCE = 4;

  private final BitLayout layout;
  private final int channels;
  private final int[] places;
  private final int[][] spikes;
  private final int[] carry;
  private final int[] counts;

  /** Row k holds the digit that is worth 2ᵏ. */
  private int[][] digits = new int[0][];

  SpikeCounts(FeatureShape shape) {
    this.layout = BitLayout.of(shape);
    this.channels = shape.channels();
    this.places = layout.places(shape);
    this.spikes = new int[STEPS_AT_ONCE][layout.planeSize()];
    this.carry = new int[layout.planeSize()];
    this.counts = new int[layout.planeSize()];
  }

  /** Writes the counts of the spikes in a sample's words; totals are in the order of arrays. */
  void count(int[] words, float[] totals, int offset) {
    int steps = words.length / layout.perStep();
    int needed = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(steps));
    if (digits.length != needed) {
      digits = new int[needed][layout.planeSize()];
    }
    for (int plane = 0; plane < layout.planes(); plane++) {
      for (int[] digit : digits) {
        Arrays.fill(digit, 0);
      }
      for (int step = 0; step < steps; step += STEPS_AT_ONCE) {
        copy(words, plane * layout.planeSize(), step, steps);
        add(spikes[0], spikes[1], spikes[2], spikes[3], digits[0], digits[1]);
        ripple();
      }
      int first = plane * BitLayout.WORD;
      for (int bit = 0; bit < Math.min(BitLayout.WORD, channels - first); bit++) {
        expand(bit);
        write(totals, offset + (first + bit) * places.length);
      }
    }
  }

  private void copy(int[] words, int firstOfPlane, int step, int steps) {
    for (int k = 0; k < STEPS_AT_ONCE; k++) {
      if (step + k < steps) {
        int from = (step + k) * layout.perStep() + firstOfPlane;
        System.arraycopy(words, from, spikes[k], 0, spikes[k].length);
      } else {
        Arrays.fill(spikes[k], 0);
      }
    }
  }

  private void add(int[] a, int[] b, int[] c, int[] d, int[] ones, int[] twos) {
    for (int i = 0; i < carry.length; i++) {
      int one = ones[i];
      int half = one ^ a[i];
      int twoOfAb = one & a[i] | half & b[i];
      one = half ^ b[i];
      half = one ^ c[i];
      int twoOfCd = one & c[i] | half & d[i];
      ones[i] = half ^ d[i];
      int two = twos[i];
      half = two ^ twoOfAb;
      carry[i] = two & twoOfAb | half & twoOfCd;
      twos[i] = half ^ twoOfCd;
    }
  }

  /** Adds the carry to the digits of four and more. */
  private void ripple() {
    for (int k = 2; k < digits.length; k++) {
      ripple(digits[k]);
    }
  }

  private void ripple(int[] digit) {
    for (int i = 0; i < carry.length; i++) {
      int next = digit[i] & carry[i];
      digit[i] ^= carry[i];
      carry[i] = next;
    }
  }

  /** Turns the digits of one channel into numbers. */
  private void expand(int bit) {
    Arrays.fill(counts, 0);
    for (int k = 0; k < digits.length; k++) {
      expand(digits[k], bit, k);
    }
  }

  private void expand(int[] digit, int bit, int worth) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += (digit[i] >>> bit & 1) << worth;
    }
  }

  /** Writes the numbers of one channel, position after position. */
  private void write(float[] totals, int offset) {
    for (int position = 0; position < places.length; position++) {
      totals[offset + position] = counts[places[position]];
    }
  }
}
