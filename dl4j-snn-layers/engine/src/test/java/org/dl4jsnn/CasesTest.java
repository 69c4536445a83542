package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.contract.Cases;
import org.junit.jupiter.api.Test;

class CasesTest {

  private static final int SHARE = 3;

  /** The included cases of three properties. */
  private static List<int[]> included(int first, int second, int third) {
    List<int[]> cases = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        for (int k = 0; k < third; k++) {
          if (Cases.include(SHARE, i, j, k)) {
            cases.add(new int[] {i, j, k});
          }
        }
      }
    }
    return cases;
  }

  private static int pairs(List<int[]> cases, Function<int[], List<Integer>> pair) {
    return cases.stream().map(pair).collect(Collectors.toSet()).size();
  }

  @Test
  void shouldIncludeAShareInWhichEveryTwoValuesMeet() {
    assumeFalse(Cases.all());
    List<int[]> cases = included(5, 4, 3);
    assertEquals(5 * 4 * 3 / SHARE, cases.size());
    assertEquals(5 * 4, pairs(cases, c -> List.of(c[0], c[1])));
    assertEquals(4 * 3, pairs(cases, c -> List.of(c[1], c[2])));
    assertEquals(5 * 3, pairs(cases, c -> List.of(c[0], c[2])));
  }

  @Test
  void shouldIncludeAllWhereAsked() {
    String before = System.getProperty(Cases.ALL);
    System.setProperty(Cases.ALL, "true");
    try {
      assertTrue(Cases.all());
      assertEquals(5 * 4 * 3, included(5, 4, 3).size());
    } finally {
      if (before == null) {
        System.clearProperty(Cases.ALL);
      } else {
        System.setProperty(Cases.ALL, before);
      }
    }
  }
}
