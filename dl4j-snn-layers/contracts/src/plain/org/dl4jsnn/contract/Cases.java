package org.dl4jsnn.contract;

import java.util.Arrays;

/**
 * Which of many crossed cases a build checks: a share of them, in which each value of one property
 * meets each value of another; all of them where the system property {@value #ALL} is {@code true}.
 */
public final class Cases {

  public static final String ALL = "all.cases";

  private Cases() {}

  /** Whether this build checks every case. */
  public static boolean all() {
    return Boolean.getBoolean(ALL);
  }

  /**
   * Whether this build checks the case. Of three or more properties every two have all their pairs
   * among the share, where the others have {@code share} values at least.
   *
   * @param share one case of so many
   * @param indices which value each of the case's properties has
   */
  public static boolean include(int share, int... indices) {
    return all() || Arrays.stream(indices).sum() % share == 0;
  }
}
