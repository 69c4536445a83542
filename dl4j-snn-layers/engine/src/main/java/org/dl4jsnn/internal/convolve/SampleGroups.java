package org.dl4jsnn.internal.convolve;

/**
 * A minibatch in groups of neighbouring samples. Sums over samples are taken within each group
 * first, then over the groups, so that they do not depend on the number of threads.
 *
 * @param samples number of samples
 * @param count number of groups
 */
record SampleGroups(int samples, int count) {

  /** More groups serve more threads, but each needs its own sum. */
  private static final int MOST = 8;

  static SampleGroups of(int samples) {
    return new SampleGroups(samples, Math.min(samples, MOST));
  }

  int first(int group) {
    return (int) ((long) samples * group / count);
  }

  int end(int group) {
    return first(group + 1);
  }
}
