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

  private final BitLayout layout;
  private final int steps;
  private final int[] places;
  private final int[][] spikes;
  private final int[] carry;

  /** Row k holds the digit of value 2ᵏ. */
  private final int[][] digits;

  public SpikeCounter(FeatureShape shape, int steps) {
    this.layout = BitLayout.of(shape);
    this.steps = steps;
    this.places = layout.places(shape);
    this.spikes = new int[STEPS_AT_ONCE][layout.planeSize()];
    this.carry = new int[layout.planeSize()];
    this.digits = new int[digits(steps)][layout.planeSize()];
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
    for (int plane = 0; plane < layout.planes(); plane++) {
      count(words, plane * layout.planeSize());
      for (int[] digit : digits) {
        for (int place : places) {
          counts[next++] = digit[place];
        }
      }
    }
    return counts;
  }

  private void count(int[] words, int firstOfPlane) {
    for (int[] digit : digits) {
      Arrays.fill(digit, 0);
    }
    for (int step = 0; step < steps; step += STEPS_AT_ONCE) {
      copy(words, firstOfPlane, step);
      add(spikes[0], spikes[1], spikes[2], spikes[3], digits[0], digits[1]);
      for (int k = 2; k < digits.length; k++) {
        ripple(digits[k]);
      }
    }
  }

  private void copy(int[] words, int firstOfPlane, int step) {
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

  /** Adds the carry to one of the digits of value four or more. */
  private void ripple(int[] digit) {
    for (int i = 0; i < carry.length; i++) {
      int next = digit[i] & carry[i];
      digit[i] ^= carry[i];
      carry[i] = next;
    }
  }
}
