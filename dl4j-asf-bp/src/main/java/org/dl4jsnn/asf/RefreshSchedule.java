package org.dl4jsnn.asf;

import java.io.Serializable;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * When the slopes are refreshed: on every minibatch of every n-th epoch (0, n, 2n, …), or on every
 * n-th iteration.
 *
 * <pre>{@code
 * AsfBackprop rule = new AsfBackprop().withSchedule(RefreshSchedule.everyIterations(50));
 * }</pre>
 *
 * <p>ParallelWrapper does not count epochs: call the network's {@code incrementEpochCount()} after
 * each of its passes over the data, or use iterations, which every worker does one at a time.
 * Immutable.
 *
 * @param period n, at least 1
 * @param unit whether n counts epochs or iterations
 * @serial exclude
 */
public record RefreshSchedule(int period, ScheduleType unit) implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a schedule.
   *
   * @param period n, at least 1
   * @param unit whether n counts epochs or iterations
   * @throws IllegalArgumentException if the period is below 1, or no unit is given
   */
  public RefreshSchedule {
    Require.atLeast("period", period, 1);
    Require.given("unit", unit);
  }

  /**
   * {@return every minibatch of every n-th epoch}
   *
   * @param period n, at least 1; 5 in the published method
   */
  public static RefreshSchedule everyEpochs(int period) {
    return new RefreshSchedule(period, ScheduleType.EPOCH);
  }

  /**
   * {@return every n-th minibatch}
   *
   * @param period n, at least 1
   */
  public static RefreshSchedule everyIterations(int period) {
    return new RefreshSchedule(period, ScheduleType.ITERATION);
  }

  /**
   * {@return whether the slopes are refreshed at this iteration}
   *
   * @param epoch epochs before this one
   * @param iteration updates before this one
   */
  public boolean isDue(int epoch, int iteration) {
    return (countsEpochs() ? epoch : iteration) % period == 0;
  }

  /** Whether it counts epochs. */
  boolean countsEpochs() {
    return unit == ScheduleType.EPOCH;
  }

  @Override
  public String toString() {
    return "every " + period + (countsEpochs() ? " epochs" : " iterations");
  }
}
