package org.dl4jsnn.internal.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

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

  /**
   * Of crossed values, the cases that this build checks.
   *
   * @param share one case of so many
   * @param properties the values of each
   */
  public static Stream<Arguments> crossed(int share, List<?>... properties) {
    List<Arguments> cases = new ArrayList<>();
    int count = Arrays.stream(properties).mapToInt(List::size).reduce(1, Math::multiplyExact);
    for (int c = 0; c < count; c++) {
      int[] indices = new int[properties.length];
      Object[] values = new Object[properties.length];
      int rest = c;
      for (int p = properties.length - 1; p >= 0; p--) {
        indices[p] = rest % properties[p].size();
        values[p] = properties[p].get(indices[p]);
        rest /= properties[p].size();
      }
      if (include(share, indices)) {
        cases.add(Arguments.of(values));
      }
    }
    return cases.stream();
  }
}
