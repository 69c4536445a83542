package org.dl4jsnn.event.stream;

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
   * @param median half of the answers took at most this
   * @param percentile99 99 % of the answers took at most this
   */
  public record Latency(double median, double percentile99) {}
}
