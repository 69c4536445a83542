package org.dl4jsnn.monitor.health;

/** The norms of a layer's gradient: their mean over an epoch, and over all that were finite. */
final class GradientNorms {

  /** The number of norms needed before one can be judged too large. */
  private static final int LEAST_KNOWN = 3;

  private double epochSum;
  private int epochCount;
  private double knownSum;
  private int known;

  /**
   * The norm above which the gradient explodes.
   *
   * @param factor the multiple of the mean so far
   * @return infinity while too few norms are known
   */
  double limit(double factor) {
    return known < LEAST_KNOWN || knownSum == 0
        ? Double.POSITIVE_INFINITY
        : factor * knownSum / known;
  }

  /** Adds a norm; an exceptional one does not count towards the usual. */
  void add(double norm, boolean exceptional) {
    epochSum += norm;
    epochCount++;
    if (!exceptional) {
      knownSum += norm;
      known++;
    }
  }

  boolean isEmpty() {
    return epochCount == 0;
  }

  /** The mean over the epoch, which is then reset. */
  double endEpoch() {
    double mean = epochSum / epochCount;
    epochSum = 0;
    epochCount = 0;
    return mean;
  }
}
