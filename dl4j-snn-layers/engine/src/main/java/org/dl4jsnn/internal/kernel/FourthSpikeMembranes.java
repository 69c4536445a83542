package org.dl4jsnn.internal.kernel;

import java.util.Arrays;

/**
 * Membranes of neurons that fire at every fourth spike and then restart at zero: two binary digits
 * and a full adder.
 */
final class FourthSpikeMembranes implements QuarterMembranes {

  private final int[] ones;
  private final int[] twos;

  FourthSpikeMembranes(int cells) {
    ones = new int[cells];
    twos = new int[cells];
  }

  /** Whether neurons have this form. */
  static boolean serves(KernelNeuron rule) {
    return rule.leak() == 1
        && !rule.subtractive()
        && rule.resetValue() == 0
        && rule.initialMembrane() == 0
        && rule.threshold() >= 0.75f
        && rule.threshold() < 1;
  }

  /** Whether neurons can start from a membrane potential. */
  static boolean servesFrom(double membrane) {
    return membrane == 0 || membrane == 0.25 || membrane == 0.5 || membrane == 0.75;
  }

  @Override
  public void rest() {
    Arrays.fill(ones, 0);
    Arrays.fill(twos, 0);
  }

  @Override
  public void set(int cell, int channel, float membrane) {
    int quarters = (int) (membrane * 4);
    ones[cell] = ones[cell] & ~(1 << channel) | (quarters & 1) << channel;
    twos[cell] = twos[cell] & ~(1 << channel) | quarters >> 1 << channel;
  }

  @Override
  public float get(int cell, int channel) {
    return ((ones[cell] >>> channel & 1) + 2 * (twos[cell] >>> channel & 1)) / 4f;
  }

  @Override
  public void step(int[] a, int[] b, int[] c, int[] d, int[] fired) {
    step(a, b, c, d, ones, twos, fired);
  }

  private static void step(
      int[] a, int[] b, int[] c, int[] d, int[] ones, int[] twos, int[] fired) {
    for (int i = 0; i < fired.length; i++) {
      int onesOfAb = a[i] ^ b[i];
      int twosOfAb = a[i] & b[i];
      int onesOfCd = c[i] ^ d[i];
      int twosOfCd = c[i] & d[i];
      int low = onesOfAb ^ onesOfCd;
      int carry = onesOfAb & onesOfCd;
      // Spikes of the step: low + 2 · (twosOfAb + twosOfCd + carry), of which at most two are set.
      int one = ones[i];
      int two = twos[i];
      int carried = one & low;
      int middle = twosOfAb ^ twosOfCd ^ carry;
      int fourOfStep = twosOfAb & twosOfCd | (twosOfAb ^ twosOfCd) & carry;
      int high = two ^ middle;
      int four = fourOfStep | two & middle | high & carried;
      ones[i] = (one ^ low) & ~four;
      twos[i] = (high ^ carried) & ~four;
      fired[i] = four;
    }
  }
}
