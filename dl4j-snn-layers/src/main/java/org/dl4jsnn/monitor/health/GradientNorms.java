package org.dl4jsnn.monitor.health;

/** The norms of a layer's gradient: their mean over an epoch, and over all that were finite. */
final class GradientNorms {

  /** Norms that must be known before one can be called too large beside them. */
  private static final int LEAST_KNOWN = 3;

  private double epochSum;
  private int epochCount;
  private double knownSum;
  private int known;

  /**
   * The norm above which the gradient explodes.
   *
   * @param factor how many times the mean of what is known
   * @return infinity while too little is known
   */
  double limit(double factor) {
    return known < LEAST_KNOWN || knownSum == 0
        ? Double.POSITIVE_INFINITY
        : factor * knownSum / known;
  }

  /** Adds a norm; one that is exceptional says nothing about what is usual. */
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

  /** The mean over the epoch, which then begins anew. */
  double endEpoch() {
    double mean = epochSum / epochCount;
    epochSum = 0;
    epochCount = 0;
    return mean;
  }
}
