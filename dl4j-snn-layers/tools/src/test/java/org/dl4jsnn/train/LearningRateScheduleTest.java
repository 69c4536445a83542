package org.dl4jsnn.train;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.schedule.ISchedule;

class LearningRateScheduleTest {

  private static final double EXACT = 1e-12;
  private static final int MINIBATCHES = 100;

  @Test
  void shouldStepByEpochs() {
    ISchedule five = LearningRateSchedule.STEP.of(1, 5, MINIBATCHES, 0);
    assertEquals(1, five.valueAt(399, 3));
    assertEquals(0.2, five.valueAt(400, 4), EXACT);
    ISchedule twenty = LearningRateSchedule.STEP.of(1, 20, MINIBATCHES, 0);
    assertEquals(1, twenty.valueAt(0, 15));
    assertEquals(0.2, twenty.valueAt(0, 16), EXACT);
    assertEquals(0.2, twenty.valueAt(0, 17), EXACT);
    assertEquals(0.04, twenty.valueAt(0, 18), EXACT);
    assertEquals(1, LearningRateSchedule.STEP.of(1, 1, MINIBATCHES, 0).valueAt(99, 0));
  }

  @Test
  void shouldFallAlongACosineAfterTheWarmUp() {
    ISchedule schedule = LearningRateSchedule.COSINE.of(2, 5, MINIBATCHES, 100);
    assertEquals(0.02, schedule.valueAt(0, 0), EXACT);
    assertEquals(1, schedule.valueAt(49, 0), EXACT);
    assertEquals(2, schedule.valueAt(99, 0), EXACT);
    assertEquals(2, schedule.valueAt(100, 1), EXACT);
    assertEquals(1 + Math.sqrt(0.5), schedule.valueAt(200, 2), EXACT);
    assertEquals(1, schedule.valueAt(300, 3), EXACT);
    assertEquals(0, schedule.valueAt(500, 5), EXACT);
    assertEquals(0, schedule.valueAt(600, 6), EXACT);
    assertEquals(2, LearningRateSchedule.COSINE.of(2, 5, MINIBATCHES, 0).valueAt(0, 0), EXACT);
    assertEquals(2, LearningRateSchedule.COSINE.of(2, 1, 1, 1).valueAt(0, 0), EXACT);
  }

  @Test
  void shouldGoUpAndDownOnce() {
    ISchedule schedule = LearningRateSchedule.ONE_CYCLE.of(2, 10, MINIBATCHES, 0);
    assertEquals(0.2, schedule.valueAt(0, 0), EXACT);
    assertEquals(2, schedule.valueAt(450, 4), EXACT);
    assertEquals(0.2, schedule.valueAt(900, 9), EXACT);
    assertEquals(0.002, schedule.valueAt(999, 9), 1e-4);
    assertEquals(0.2, schedule.valueAt(1000, 10), EXACT);
  }

  @ParameterizedTest
  @EnumSource(LearningRateSchedule.class)
  void shouldRefuseARateThatIsNoneAndAWarmUpThatItDoesNotHave(LearningRateSchedule schedule) {
    assertThrows(IllegalArgumentException.class, () -> schedule.of(-0.1, 5, MINIBATCHES, 0));
    assertThrows(IllegalArgumentException.class, () -> schedule.of(0.1, 5, MINIBATCHES, -1));
    if (schedule != LearningRateSchedule.COSINE) {
      assertMessage(
          "warmUp must be 0 for " + schedule + ", which has none, got 100",
          () -> schedule.of(0.1, 5, MINIBATCHES, 100));
    }
  }

  @Test
  void shouldStayConstant() {
    ISchedule schedule = LearningRateSchedule.CONSTANT.of(2, 5, MINIBATCHES, 0);
    assertEquals(2, schedule.valueAt(0, 0));
    assertEquals(2, schedule.valueAt(10_000, 100));
  }

  @Test
  void shouldNeverExceedTheHighestRate() {
    for (int minibatches = 1; minibatches < 40; minibatches++) {
      ISchedule schedule = LearningRateSchedule.ONE_CYCLE.of(2, 1, minibatches, 0);
      for (int iteration = 0; iteration < minibatches; iteration++) {
        double rate = schedule.valueAt(iteration, 0);
        assertTrue(rate > 0 && rate <= 2 + EXACT, minibatches + " minibatches: " + rate);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COSINE", "ONE_CYCLE"})
  void shouldRefuseMoreMinibatchesThanCanBeCounted(LearningRateSchedule schedule) {
    assertMessage(
        "epochs times minibatches must be a whole number of at most 2147483647, got 3600000000",
        () -> schedule.of(1, 60_000, 60_000, 0));
    assertThrows(IllegalArgumentException.class, () -> schedule.of(1, 26, 0, 0));
  }

  @Test
  void shouldRefuseImpossibleCosines() {
    assertMessage("rate must be positive and finite, got 0.0", () -> new CosineSchedule(0, 0, 1));
    assertMessage(
        "warmUp must be a whole number of at least 0, got -1", () -> new CosineSchedule(1, -1, 1));
    assertMessage(
        "iterations must be a whole number of at least 1, got 0",
        () -> new CosineSchedule(1, 0, 0));
  }
}
