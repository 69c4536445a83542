package org.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * The neurons of average pooling over 2×2 windows, whose membranes are whole numbers of quarters
 * above a common value (a {@link QuarterRule}): the counts' binary digits, and adders. 32 channels
 * per cell, one bit of each cell's words per channel. Scratch memory, one per task.
 */
final class QuarterMembranes {

  /** Binary digits of what a step adds, from 0 to 4. */
  private static final int DIGITS_OF_STEP = 3;

  private final QuarterRule rule;

  /** Row k holds the digit of value 2ᵏ. */
  private final int[][] digits;

  private final int[][] added;
  private final int[] carry;

  QuarterMembranes(QuarterRule rule, int cells) {
    this.rule = rule;
    this.digits = new int[rule.digits()][cells];
    this.added = new int[DIGITS_OF_STEP][cells];
    this.carry = new int[cells];
  }

  /** Begins a sample at rest. */
  void rest() {
    for (int k = 0; k < digits.length; k++) {
      Arrays.fill(digits[k], -(rule.atRest() >> k & 1));
    }
  }

  /** Takes the membranes of a cell's channels from an array. */
  void set(int cell, float[] membranes, int first, int channels) {
    int mask = -1 >>> Integer.SIZE - channels;
    for (int[] digit : digits) {
      digit[cell] &= ~mask;
    }
    for (int channel = 0; channel < channels; channel++) {
      int count = rule.count(membranes[first + channel]);
      for (int[] digit : digits) {
        digit[cell] |= (count & 1) << channel;
        count >>= 1;
      }
    }
  }

  /** Writes the membranes of a cell's channels to an array. */
  void get(int cell, float[] membranes, int first, int channels) {
    for (int channel = 0; channel < channels; channel++) {
      int count = 0;
      for (int k = 0; k < digits.length; k++) {
        count |= (digits[k][cell] >>> channel & 1) << k;
      }
      membranes[first + channel] = rule.membrane(count);
    }
  }

  /**
   * A step: adds a quarter for every spike, fires and resets.
   *
   * @param a the spikes of the first of the four places of every window; b, c and d of the others
   * @param fired where the cells' spikes go
   */
  void step(int[] a, int[] b, int[] c, int[] d, int[] fired) {
    count(a, b, c, d, added[0], added[1], added[2]);
    Arrays.fill(carry, 0);
    for (int k = 0; k < digits.length; k++) {
      if (k < DIGITS_OF_STEP) {
        add(digits[k], added[k], carry);
      } else {
        add(digits[k], carry);
      }
    }
    fire(fired);
    if (rule.isSubtractive()) {
      subtract(fired);
    } else {
      reset(fired);
    }
  }

  /** The spikes of every window, as three digits. */
  private static void count(
      int[] a, int[] b, int[] c, int[] d, int[] ones, int[] twos, int[] fours) {
    for (int i = 0; i < ones.length; i++) {
      int onesOfAb = a[i] ^ b[i];
      int twosOfAb = a[i] & b[i];
      int onesOfCd = c[i] ^ d[i];
      int twosOfCd = c[i] & d[i];
      int carried = onesOfAb & onesOfCd;
      ones[i] = onesOfAb ^ onesOfCd;
      twos[i] = twosOfAb ^ twosOfCd ^ carried;
      fours[i] = twosOfAb & twosOfCd | (twosOfAb ^ twosOfCd) & carried;
    }
  }

  private static void add(int[] digit, int[] more, int[] carry) {
    for (int i = 0; i < digit.length; i++) {
      int half = digit[i] ^ more[i];
      int next = digit[i] & more[i] | half & carry[i];
      digit[i] = half ^ carry[i];
      carry[i] = next;
    }
  }

  private static void add(int[] digit, int[] carry) {
    for (int i = 0; i < digit.length; i++) {
      int next = digit[i] & carry[i];
      digit[i] ^= carry[i];
      carry[i] = next;
    }
  }

  /** Fires where the count reaches the firing count, digit by digit from the lowest. */
  private void fire(int[] fired) {
    Arrays.fill(fired, -1);
    for (int k = 0; k < digits.length; k++) {
      if ((rule.fires() >> k & 1) == 1) {
        and(fired, digits[k]);
      } else {
        or(fired, digits[k]);
      }
    }
  }

  private static void and(int[] words, int[] others) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= others[i];
    }
  }

  private static void or(int[] words, int[] others) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= others[i];
    }
  }

  private void subtract(int[] fired) {
    Arrays.fill(carry, 0);
    for (int k = 0; k < digits.length; k++) {
      if ((rule.taken() >> k & 1) == 1) {
        subtract(digits[k], fired, carry);
      } else {
        borrow(digits[k], carry);
      }
    }
  }

  private static void subtract(int[] digit, int[] less, int[] borrowed) {
    for (int i = 0; i < digit.length; i++) {
      int half = digit[i] ^ less[i];
      int next = ~digit[i] & less[i] | ~half & borrowed[i];
      digit[i] = half ^ borrowed[i];
      borrowed[i] = next;
    }
  }

  private static void borrow(int[] digit, int[] borrowed) {
    for (int i = 0; i < digit.length; i++) {
      int next = ~digit[i] & borrowed[i];
      digit[i] ^= borrowed[i];
      borrowed[i] = next;
    }
  }

  private void reset(int[] fired) {
    for (int k = 0; k < digits.length; k++) {
      if ((rule.resetTo() >> k & 1) == 1) {
        or(digits[k], fired);
      } else {
        andNot(digits[k], fired);
      }
    }
  }

  private static void andNot(int[] words, int[] others) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~others[i];
    }
  }
}
