package org.dl4jsnn.train;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * How the learning rate changes over a training. Each value creates an ND4J schedule, for the
 * network's updater or {@link TrainingSettings#learningRates}.
 *
 * <pre>{@code
 * ISchedule rates = LearningRateSchedule.COSINE.of(1e-3, 26, 375, 0); // epochs, minibatches
 * TrainingSettings settings = TrainingSettings.savingTo(file).epochs(26).learningRates(rates);
 * }</pre>
 */
public enum LearningRateSchedule {
  /** Falls to a fifth in the last fifth of the epochs, and to a fifth of that in the last tenth. */
  STEP {
    @Override
    ISchedule create(double rate, int epochs, int minibatches, int warmUp) {
      Map<Integer, Double> rates = new HashMap<>();
      rates.put(0, rate);
      rates.put(Math.max(1, epochs - Math.max(1, epochs / 5)), DECAY * rate);
      if (epochs >= 10) {
        rates.put(epochs - epochs / 10, DECAY * DECAY * rate);
      }
      return new MapSchedule(ScheduleType.EPOCH, rates);
    }
  },

  /** Rises in the warm-up, then falls to zero along a cosine. */
  COSINE {
    @Override
    ISchedule create(double rate, int epochs, int minibatches, int warmUp) {
      return new CosineSchedule(rate, warmUp, iterations(epochs, minibatches));
    }
  },

  /**
   * Rises from a tenth, falls back to a tenth, and in the last tenth of training to a 1000th. After
   * the last minibatch it begins again, so a longer training needs a schedule with more epochs.
   */
  ONE_CYCLE {
    @Override
    ISchedule create(double rate, int epochs, int minibatches, int warmUp) {
      int iterations = iterations(epochs, minibatches);
      int annealing = (int) Math.max(1, Math.round(CYCLE_START * iterations));
      // ND4J halves the rest in whole numbers; the minibatch that an odd one leaves over would get
      // ten times the highest rate or more.
      annealing += (iterations - annealing) % 2;
      // The constructor without these arguments divides by ten at every minibatch of the last
      // tenth.
      double decay = Math.pow(CYCLE_END / CYCLE_START, 1.0 / annealing);
      return new CycleSchedule(
          ScheduleType.ITERATION, CYCLE_START * rate, rate, iterations, annealing, decay);
    }
  },

  /** Stays the same. */
  CONSTANT {
    @Override
    ISchedule create(double rate, int epochs, int minibatches, int warmUp) {
      return new FixedSchedule(rate);
    }
  };

  /** The published decay of the learning rate. */
  private static final double DECAY = 0.2;

  private static final double CYCLE_START = 0.1;
  private static final double CYCLE_END = 1e-3;

  /**
   * {@return the schedule}
   *
   * @param rate the highest learning rate
   * @param epochs total number of epochs
   * @param minibatches minibatches per epoch
   * @param warmUp minibatches in which the rate of COSINE rises; 0 for others
   * @throws IllegalArgumentException if the rate is not positive and finite, if the warm-up is
   *     below 0, or above 0 without COSINE, or, for COSINE and ONE_CYCLE, if there is no minibatch
   *     or there are more than 2³¹−1 in all
   */
  public ISchedule of(double rate, int epochs, int minibatches, int warmUp) {
    Require.positiveFinite("rate", rate);
    Require.atLeast("warmUp", warmUp, 0);
    if (warmUp > 0 && this != COSINE) {
      throw new IllegalArgumentException(
          "warmUp must be 0 for " + this + ", which has none, got " + warmUp);
    }
    return create(rate, epochs, minibatches, warmUp);
  }

  abstract ISchedule create(double rate, int epochs, int minibatches, int warmUp);

  /**
   * {@return whether it counts minibatches, so that a training must not change their size; false if
   * it counts epochs or nothing}
   */
  public boolean countsMinibatches() {
    return this == COSINE || this == ONE_CYCLE;
  }

  private static int iterations(int epochs, int minibatches) {
    return Require.atLeast("epochs times minibatches", (long) epochs * minibatches, 1);
  }

  /** Its name in lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
