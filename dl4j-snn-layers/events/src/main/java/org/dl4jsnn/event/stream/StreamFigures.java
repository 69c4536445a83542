package org.dl4jsnn.event.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How well a network has kept up with a stream.
 *
 * @param events that arrived
 * @param answered slices answered by the network
 * @param dropped slices dropped because too many waited, or because a silence had more empty ones
 *     than may wait
 * @param latency of the latest 4,096 answers; empty before the first
 */
public record StreamFigures(long events, long answered, long dropped, Optional<Latency> latency) {

  /**
   * The time from the arrival of a slice's last event to its answer, in ms.
   *
   * @param medianMillis half of the answers took at most this
   * @param percentile99Millis 99 % of the answers took at most this
   */
  public record Latency(double medianMillis, double percentile99Millis) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "median %.2f ms, 99th percentile %.2f ms", medianMillis, percentile99Millis);
    }
  }

  /** The latencies of the latest answers. Thread-safe. */
  static final class Latencies {

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

    synchronized Optional<Latency> figures() {
      if (count == 0) {
        return Optional.empty();
      }
      long[] sorted = Arrays.copyOf(nanos, (int) Math.min(KEPT, count));
      Arrays.sort(sorted);
      return Optional.of(new Latency(share(sorted, 0.5), share(sorted, 0.99)));
    }

    /** The smallest time, in ms, that a given share of all does not exceed. */
    private static double share(long[] sorted, double share) {
      int rank = (int) Math.ceil(share * sorted.length);
      return sorted[rank - 1] / NANOS_A_MILLI;
    }
  }

  /** With units: {@code 500 events, 10 slices answered, 0 dropped, latency median 4.80 ms, …}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d events, %,d slices answered, %,d dropped%s",
        events,
        answered,
        dropped,
        latency.map(measured -> ", latency " + measured).orElse(""));
  }
}
