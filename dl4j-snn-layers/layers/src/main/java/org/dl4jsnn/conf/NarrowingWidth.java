package org.dl4jsnn.conf;

import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The width of a {@link LearnedDelay}'s Gaussian, which falls from minibatch to minibatch by the
 * same factor: wide at first, so that far spikes are seen, and less than a step in the end, so that
 * whole steps change little.
 *
 * <pre>{@code
 * LearnedDelay layer =
 *     new LearnedDelay.Builder(20).width(new NarrowingWidth(6, 0.5, 5_000)).build();
 * }</pre>
 */
public final class NarrowingWidth implements ISchedule {

  private static final long serialVersionUID = 1L;

  /** The width at first. */
  @JsonProperty private double from;

  /** The width in the end. */
  @JsonProperty private double to;

  /** Minibatches after which it stays. */
  @JsonProperty private int iterations;

  /** For deserialisation. */
  private NarrowingWidth() {}

  /**
   * Creates a schedule.
   *
   * @param from the width at first, in time steps; positive and finite
   * @param to the width in the end, in time steps; positive and finite
   * @param iterations minibatches after which it stays
   * @throws IllegalArgumentException if a width is not positive and finite, or there is no
   *     minibatch
   */
  public NarrowingWidth(double from, double to, int iterations) {
    this.from = Require.positiveFinite("first width", from);
    this.to = Require.positiveFinite("last width", to);
    this.iterations = Require.atLeast("iterations", iterations, 1);
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return from * Math.pow(to / from, Math.min(1, (double) iteration / iterations));
  }

  @Override
  public ISchedule clone() {
    return new NarrowingWidth(from, to, iterations);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NarrowingWidth that
        && from == that.from
        && to == that.to
        && iterations == that.iterations;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(from) + 31 * Double.hashCode(to) + iterations;
  }

  @Override
  public String toString() {
    return "from " + from + " to " + to + " steps in " + iterations + " minibatches";
  }
}
