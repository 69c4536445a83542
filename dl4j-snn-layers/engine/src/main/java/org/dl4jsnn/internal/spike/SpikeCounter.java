package org.dl4jsnn.internal.spike;

import java.util.Arrays;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Counts the spikes of every neuron of a sample, 32 neurons per word: each row of digits holds one
 * binary digit of all counts, and a step's spikes are added as a carry. Full adders add four steps
 * at once. Scratch memory, one per task.
 *
 * <p>Spikes are copied before they are added, since Java 17 vectorises a loop only if all arrays
 * are read at the same index.
 */
public final class SpikeCounter {

  private static final int STEPS_AT_ONCE = 4;

  /** Planes of fewer words are counted together. */
  private static final int WORDS_AT_ONCE = 64;

  private final BitLayout layout;
  private final int steps;
  private final int[] places;

  /** Words counted at once: those of whole planes. */
  private final int width;

  private final int[][] spikes;
  private final int[] carry;

  /** Row k holds the digit of value 2ᵏ. */
  private final int[][] digits;

  public SpikeCounter(FeatureShape shape, int steps) {
    this.layout = BitLayout.of(shape);
    this.steps = steps;
    this.places = layout.places(shape);
    int planes = Math.min(layout.planes(), Math.max(1, WORDS_AT_ONCE / layout.planeSize()));
    this.width = planes * layout.planeSize();
    this.spikes = new int[STEPS_AT_ONCE][width];
    this.carry = new int[width];
    this.digits = new int[digits(steps)][width];
  }

  /** Digits of a count of at most this many; the adders always write two. */
  private static int digits(int steps) {
    return Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(steps));
  }

  /**
   * Counts a sample's spikes.
   *
   * @return the counts in the form that {@link SpikeCounts} keeps
   */
  public int[] count(int[] words) {
    int[] counts = new int[layout.planes() * digits.length * places.length];
    int next = 0;
    for (int first = 0; first < layout.perStep(); first += width) {
      int length = Math.min(width, layout.perStep() - first);
      count(words, first, length);
      for (int plane = 0; plane < length; plane += layout.planeSize()) {
        for (int[] digit : digits) {
          for (int place : places) {
            counts[next++] = digit[plane + place];
          }
        }
      }
    }
    return counts;
  }

  private void count(int[] words, int first, int length) {
    for (int[] digit : digits) {
      Arrays.fill(digit, 0);
    }
    for (int step = 0; step < steps; step += STEPS_AT_ONCE) {
      copy(words, first, length, step);
      add(spikes[0], spikes[1], spikes[2], spikes[3], digits[0], digits[1]);
      for (int k = 2; k < digits.length; k++) {
        ripple(digits[k]);
      }
    }
  }

  private void copy(int[] words, int first, int length, int step) {
    for (int k = 0; k < STEPS_AT_ONCE; k++) {
      if (step + k < steps) {
        int from = (step + k) * layout.perStep() + first;
        System.arraycopy(words, from, spikes[k], 0, length);
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

  /** Adds the carry to one of the digits of value four or more. */
  private void ripple(int[] digit) {
    for (int i = 0; i < carry.length; i++) {
      int next = digit[i] & carry[i];
      digit[i] ^= carry[i];
      carry[i] = next;
    }
  }
}
