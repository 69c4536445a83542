package org.dl4jsnn.train;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * How the learning rate changes over a training. Each is made into a schedule of ND4J's, for the
 * network's updater or {@link TrainingSettings#learningRates}.
 */
public enum LearningRateSchedule {
  /** A fifth in the last fifth of the epochs, and a fifth of that in the last tenth. */
  STEP {
    @Override
    public ISchedule of(double rate, int epochs, int minibatches, int warmUp) {
      Map<Integer, Double> rates = new HashMap<>();
      rates.put(0, rate);
      rates.put(Math.max(1, epochs - Math.max(1, epochs / 5)), DECAY * rate);
      if (epochs >= 10) {
        rates.put(epochs - epochs / 10, DECAY * DECAY * rate);
      }
      return new MapSchedule(ScheduleType.EPOCH, rates);
    }
  },

  /** Up in the warm-up, then down to zero along a cosine. */
  COSINE {
    @Override
    public ISchedule of(double rate, int epochs, int minibatches, int warmUp) {
      return new CosineSchedule(rate, warmUp, epochs * minibatches);
    }
  },

  /** From a tenth up, down to a tenth again, and in the last tenth of the training to a 1000th. */
  ONE_CYCLE {
    @Override
    public ISchedule of(double rate, int epochs, int minibatches, int warmUp) {
      int iterations = epochs * minibatches;
      int annealing = (int) Math.max(1, Math.round(CYCLE_START * iterations));
      // The constructor without these divides by ten at every minibatch of the last tenth.
      double decay = Math.pow(CYCLE_END / CYCLE_START, 1.0 / annealing);
      return new CycleSchedule(
          ScheduleType.ITERATION, CYCLE_START * rate, rate, iterations, annealing, decay);
    }
  },

  /** The same all the time. */
  CONSTANT {
    @Override
    public ISchedule of(double rate, int epochs, int minibatches, int warmUp) {
      return new FixedSchedule(rate);
    }
  };

  /** The published decay of the learning rate. */
  private static final double DECAY = 0.2;

  private static final double CYCLE_START = 0.1;
  private static final double CYCLE_END = 1e-3;

  /**
   * The schedule.
   *
   * @param rate the highest learning rate
   * @param epochs epochs in all
   * @param minibatches minibatches of an epoch
   * @param warmUp minibatches in which the cosine's rate rises
   * @return the schedule
   */
  public abstract ISchedule of(double rate, int epochs, int minibatches, int warmUp);

  /** Its name in lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
