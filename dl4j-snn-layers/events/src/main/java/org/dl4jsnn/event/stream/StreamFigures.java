package org.dl4jsnn.event.stream;

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
