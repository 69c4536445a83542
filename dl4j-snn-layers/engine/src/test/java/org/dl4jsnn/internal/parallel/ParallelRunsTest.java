package org.dl4jsnn.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelRunsTest {

  private static final int PART = ParallelRuns.LONGEST;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 7})
  void shouldProcessEveryValueOnceInNumberedParts(int length) {
    int[] partOfValue = new int[length];
    Arrays.fill(partOfValue, -1);
    AtomicIntegerArray runs = new AtomicIntegerArray(ParallelRuns.parts(length));
    ParallelRuns.run(
        length,
        () ->
            (part, first, count) -> {
              runs.incrementAndGet(part);
              Arrays.fill(partOfValue, first, first + count, part);
            });
    int[] expected = new int[length];
    Arrays.setAll(expected, i -> i / PART);
    assertArrayEquals(expected, partOfValue);
    for (int part = 0; part < runs.length(); part++) {
      assertEquals(1, runs.get(part), "runs of part " + part);
    }
  }

  @Test
  void shouldServeAShortArrayInTheCallingThread() {
    Thread caller = Thread.currentThread();
    ParallelRuns.run(
        PART, () -> (part, first, count) -> assertSame(caller, Thread.currentThread()));
  }

  @Test
  void shouldCountThePartsOfTheLongestArray() {
    assertEquals(1 << 15, ParallelRuns.parts(Integer.MAX_VALUE));
  }
}
