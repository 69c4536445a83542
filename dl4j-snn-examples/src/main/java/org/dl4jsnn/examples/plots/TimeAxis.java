package org.dl4jsnn.examples.plots;

/**
 * Time steps from left to right.
 *
 * @param left the left edge of the first step
 * @param width the width of all steps
 * @param steps T
 */
record TimeAxis(double left, double width, int steps) {

  private static final int[] ROUND = {1, 2, 5};
  private static final int MOST_TICKS = 10;

  double stepWidth() {
    return width / steps;
  }

  /** The middle of a step, counted from 0. */
  double middle(int step) {
    return left + (step + 0.5) * stepWidth();
  }

  /** A round number of steps between ticks. */
  int tick() {
    for (int power = 1; ; power *= 10) {
      for (int round : ROUND) {
        if (steps <= (long) MOST_TICKS * round * power) {
          return round * power;
        }
      }
    }
  }
}
