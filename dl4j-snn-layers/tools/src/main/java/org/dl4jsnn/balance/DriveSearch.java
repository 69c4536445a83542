package org.dl4jsnn.balance;

import java.util.function.DoubleUnaryOperator;

/**
 * Finds the drive at which a layer fires at a chosen rate (equation 27 of docs/mathematics.md), by
 * bisection on a logarithmic scale, since the rate rises with the drive.
 */
final class DriveSearch {

  /** The drive is multiplied or divided by this until the chosen rate lies between two trials. */
  private static final double STRIDE = 4;

  private static final double LIMIT = 1 << 20;

  /** Halvings of a stride after which two drives are the same in single precision. */
  private static final int HALVINGS = 25;

  private final DoubleUnaryOperator rateAt;
  private final double wanted;
  private final double tolerance;
  private final double most;
  private Trial nearest;
  private boolean between;

  /** A drive and the rate at it. */
  record Trial(double drive, double rate) {}

  /**
   * Searches up to a greatest drive for a rate within a relative tolerance; {@code rateAt} sets a
   * layer's drive and returns its rate.
   */
  DriveSearch(DoubleUnaryOperator rateAt, double wanted, double tolerance, double most) {
    this.rateAt = rateAt;
    this.wanted = wanted;
    this.tolerance = tolerance;
    this.most = Math.min(most, LIMIT);
  }

  /**
   * Returns the first trial within the tolerance, or the nearest one, beginning with the rate at a
   * drive of 1.
   */
  Trial from(double start) {
    Trial low = new Trial(1, start);
    Trial high = low;
    nearest = low;
    while (!isNear(nearest) && high.rate < wanted && high.drive < most) {
      low = high;
      high = at(Math.min(high.drive * STRIDE, most));
    }
    while (!isNear(nearest) && low.rate > wanted && low.drive > 1 / LIMIT) {
      high = low;
      low = at(low.drive / STRIDE);
    }
    between = low.rate < wanted && wanted < high.rate;
    for (int halving = 0; between && !isNear(nearest) && halving < HALVINGS; halving++) {
      Trial middle = at(Math.sqrt(low.drive * high.drive));
      if (middle.rate < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return nearest;
  }

  /** Whether the chosen rate lies between two trials, so that only a jump can skip it. */
  boolean isBetween() {
    return between;
  }

  /** Whether a trial's rate is within the tolerance. */
  boolean isNear(Trial trial) {
    return Math.abs(trial.rate - wanted) <= tolerance * wanted;
  }

  private Trial at(double drive) {
    Trial trial = new Trial(drive, rateAt.applyAsDouble(drive));
    if (Math.abs(trial.rate - wanted) < Math.abs(nearest.rate - wanted)) {
      nearest = trial;
    }
    return trial;
  }
}
