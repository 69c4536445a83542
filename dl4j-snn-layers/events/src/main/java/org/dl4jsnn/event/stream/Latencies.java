package org.dl4jsnn.event.stream;

import java.util.Arrays;
import java.util.Optional;

/** The latencies of the latest answers. Thread-safe. */
final class Latencies {

  static final int KEPT = 4096;

  private static final double NANOS_A_MILLI = 1e6;

  private final long[] nanos = new long[KEPT];
  private long count;

  synchronized void add(long taken) {
    nanos[(int) (count % KEPT)] = taken;
    count++;
  }

  synchronized long count() {
    return count;
  }

  synchronized Optional<StreamFigures.Latency> figures() {
    if (count == 0) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(KEPT, count));
    Arrays.sort(sorted);
    return Optional.of(new StreamFigures.Latency(share(sorted, 0.5), share(sorted, 0.99)));
  }

  /** The smallest time, in ms, that a given share of all does not exceed. */
  private static double share(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[rank - 1] / NANOS_A_MILLI;
  }
}
