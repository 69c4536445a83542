package org.dl4jsnn.event.augment;

/** The rule for probabilities and shares, which may be 0. */
final class ShareRule {

  private ShareRule() {}

  static void require(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, got " + value);
    }
  }
}
