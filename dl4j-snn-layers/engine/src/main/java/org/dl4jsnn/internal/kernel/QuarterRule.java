package org.dl4jsnn.internal.kernel;

import java.util.Optional;

/**
 * A neuron of average pooling over 2×2 windows in whole quarters: its membrane is {@code origin +
 * (lowest + k) / 4} with a count k of at least 0. Valid only if single precision computes this
 * without rounding, so that the count represents the membrane exactly.
 *
 * @param origin the part of the membranes besides whole quarters, from 0 to below a quarter
 * @param lowest quarters of the lowest membrane
 * @param atRest k before the first step
 * @param fires the least k at which it fires
 * @param taken what a reset by subtraction subtracts from k; 0 for a hard reset
 * @param resetTo k after a hard reset
 * @param digits binary digits that hold every k
 */
record QuarterRule(
    float origin, int lowest, int atRest, int fires, int taken, int resetTo, int digits) {

  private static final int QUARTERS = 4;

  /** Origins are multiples of the inverse, and membranes are below 64. */
  private static final double PLACES = 1 << 16;

  private static final int LARGEST = 64 * QUARTERS;

  /**
   * {@return the rule of a neuron; empty if the neuron's membranes do not differ by whole quarters,
   * or have too many possible values}
   */
  static Optional<QuarterRule> of(KernelNeuron rule, double low, double high, int steps) {
    double initial = rule.initialMembrane();
    double rest = Math.floor(QUARTERS * initial);
    double origin = initial - rest / QUARTERS;
    double taken = QUARTERS * rule.threshold();
    double resetTo = QUARTERS * (rule.resetValue() - origin);
    boolean whole = rule.subtractive() ? isWhole(taken) : isWhole(resetTo);
    if (rule.leak() != 1 || !whole || !isWhole(PLACES * origin)) {
      return Optional.empty();
    }
    double fires = Math.floor(QUARTERS * (rule.threshold() - origin)) + 1;
    double afterReset = rule.subtractive() ? fires - taken : resetTo;
    double lowest = Math.min(Math.min(rest, afterReset), QUARTERS * (low - origin));
    double growth = rule.subtractive() ? Math.max(0, QUARTERS - taken) : 0;
    double begun = Math.max(fires, Math.max(rest, QUARTERS * (high - origin)));
    double highest = begun + QUARTERS + steps * growth;
    if (Math.max(Math.abs(lowest), highest) > LARGEST) {
      return Optional.empty();
    }
    int bottom = (int) Math.floor(lowest);
    int span = (int) highest - bottom;
    return Optional.of(
        new QuarterRule(
            (float) origin,
            bottom,
            (int) rest - bottom,
            (int) fires - bottom,
            rule.subtractive() ? (int) taken : 0,
            rule.subtractive() ? 0 : (int) resetTo - bottom,
            Integer.SIZE - Integer.numberOfLeadingZeros(span)));
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value);
  }

  boolean isSubtractive() {
    return taken > 0;
  }

  /** Whether neurons can start from membrane potentials. */
  boolean servesFrom(float... membranes) {
    for (float membrane : membranes) {
      if (!isWhole(QUARTERS * ((double) membrane - origin))) {
        return false;
      }
    }
    return true;
  }

  /** k of a membrane. */
  int count(float membrane) {
    return (int) (QUARTERS * (membrane - origin)) - lowest;
  }

  /** The membrane of k. */
  float membrane(int count) {
    return origin + (float) (lowest + count) / QUARTERS;
  }
}
