package org.dl4jsnn.internal;

import java.util.Comparator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Orders numbers by a random draw for each; the same on every machine. */
public final class SeededOrder {

  private SeededOrder() {}

  /**
   * The numbers below a limit, in the order of their draws.
   *
   * @return the numbers; those with equal draws stay in order
   */
  public static List<Integer> of(int limit, LongUnaryOperator draw) {
    long[] draws = LongStream.range(0, limit).map(draw).toArray();
    return IntStream.range(0, limit)
        .boxed()
        .sorted(Comparator.comparingLong(i -> draws[i]))
        .toList();
  }
}
