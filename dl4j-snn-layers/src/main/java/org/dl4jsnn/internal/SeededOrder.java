package org.dl4jsnn.internal;

import java.util.Comparator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** An order of numbers by a draw that each of them has; the same on every machine. */
public final class SeededOrder {

  private SeededOrder() {}

  /**
   * The numbers below a limit, in the order of their draws.
   *
   * @param limit how many
   * @param draw gives each number's draw
   * @return the numbers; those of equal draws stay in order
   */
  public static List<Integer> of(int limit, LongUnaryOperator draw) {
    long[] draws = LongStream.range(0, limit).map(draw).toArray();
    return IntStream.range(0, limit)
        .boxed()
        .sorted(Comparator.comparingLong(i -> draws[i]))
        .toList();
  }
}
