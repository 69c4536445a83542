package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 1", "10, 1", "11, 2", "20, 2", "40, 5", "100, 10", "101, 20"})
  void shouldHaveTicksAtRoundSteps(int steps, int tick) {
    assertEquals(tick, new AnswerImage.TimeAxis(0, 100, steps).tick());
  }

  @Test
  void shouldPutStepsSideBySide() {
    AnswerImage.TimeAxis axis = new AnswerImage.TimeAxis(50, 100, 4);
    assertEquals(62.5, axis.middle(0));
    assertEquals(137.5, axis.middle(3));
  }
}
