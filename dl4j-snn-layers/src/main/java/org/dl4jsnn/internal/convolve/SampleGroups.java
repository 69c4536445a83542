package org.dl4jsnn.internal.convolve;

/**
 * A minibatch in groups of neighbouring samples. What is summed over samples is summed within each
 * group first, and then over the groups, so that the sum does not depend on the number of threads.
 *
 * @param samples number of samples
 * @param count number of groups
 */
record SampleGroups(int samples, int count) {

  /** More groups serve more threads, but each has a sum of its own. */
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
