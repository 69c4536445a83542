package org.dl4jsnn.examples;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Learning rates that fall towards the end of a training. */
final class DecayingRates {

  /** The published decay of the learning rate. */
  private static final double DECAY = 0.2;

  private DecayingRates() {}

  /**
   * A fifth of the rate in the last fifth of the epochs, and of that in the last tenth, if there
   * are ten.
   */
  static ISchedule from(double rate, int epochs) {
    Map<Integer, Double> rates = new HashMap<>();
    rates.put(0, rate);
    rates.put(Math.max(1, epochs - Math.max(1, epochs / 5)), DECAY * rate);
    if (epochs >= 10) {
      rates.put(epochs - epochs / 10, DECAY * DECAY * rate);
    }
    return new MapSchedule(ScheduleType.EPOCH, rates);
  }
}
