package org.dl4jsnn.monitor;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.EarlyExit.Measure;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A made-up table: four samples of class 0, three steps, two classes. */
class ExitCalibrationTest {

  private static final ExitCalibration TABLE =
      new ExitCalibration(
          new double[][][] {
            {{0.9, 0.1}, {0.9, 0.1}, {0.9, 0.1}}, // right and sure at once
            {{0.2, 0.8}, {0.7, 0.3}, {0.8, 0.2}}, // wrong at first, and quite sure
            {{0.6, 0.4}, {0.7, 0.3}, {0.6, 0.4}},
            {{0.55, 0.45}, {0.4, 0.6}, {0.3, 0.7}} // right only at first
          },
          0,
          0,
          0,
          0);

  @Test
  void shouldTellWhatPoliciesCost() {
    assertEquals(0.75, TABLE.accuracy(EarlyExit.never()));
    assertEquals(3, TABLE.meanSteps(EarlyExit.never()));
    assertEquals(0.75, TABLE.accuracy(EarlyExit.lead(0)));
    assertEquals(1, TABLE.meanSteps(EarlyExit.lead(0)));
    assertEquals((1 + 3 + 3 + 3) / 4.0, TABLE.meanSteps(EarlyExit.confidence(0.85)));
    assertEquals(0.5, TABLE.settled(1));
    assertEquals(1, TABLE.settled(2));
  }

  @Test
  void shouldChooseTheFewestStepsThatLoseLittle() {
    // Leads in turn: .8, .8 of sample 0; .6 of 1, wrong; .4 of 1 and 2; .2; .1 and .2 of 3.
    for (Measure measure : Measure.values()) {
      EarlyExit all = TABLE.choose(measure, 0);
      assertEquals(1, TABLE.meanSteps(all), measure + ": " + all);
      assertEquals(0.75, TABLE.accuracy(all));
    }
    ExitCalibration strict =
        new ExitCalibration(
            new double[][][] {
              {{0.9, 0.1}, {0.9, 0.1}}, {{0.3, 0.7}, {0.6, 0.4}}, {{0.4, 0.6}, {0.7, 0.3}}
            },
            0,
            0,
            0);
    assertEquals(EarlyExit.lead(0.9 - 0.1), strict.choose(Measure.LEAD, 0));
    assertEquals(EarlyExit.confidence(0.9), strict.choose(Measure.CONFIDENCE, 33));
    assertEquals(EarlyExit.confidence(0.7), strict.choose(Measure.CONFIDENCE, 34));
    assertEquals((1 + 2 + 2) / 3.0, strict.meanSteps(strict.choose(Measure.ENTROPY, 10)), 1e-9);
    ExitCalibration none =
        new ExitCalibration(new double[][][] {{{0.1, 0.9}, {0.6, 0.4}}}, new int[] {0});
    assertEquals(EarlyExit.never(), none.choose(Measure.LEAD, 0.2));
    assertBegins("points must be finite", () -> none.choose(Measure.LEAD, -1));
  }

  @Test
  void shouldRefuseOutputsThatAreNoProbabilities() {
    ExitCalibration membranes =
        new ExitCalibration(new double[][][] {{{3, -1}, {5, 0}}, {{1, 4}, {2, 2.5}}}, 0, 1);
    assertEquals(EarlyExit.lead(3), membranes.choose(Measure.LEAD, 0));
    assertBegins("outputs must be probabilities", () -> membranes.choose(Measure.ENTROPY, 0));
  }

  @Test
  void shouldRefuseMasks() {
    INDArray ones = Nd4j.ones(2, 3);
    DataSet masked = new DataSet(ones, ones, Nd4j.ones(2, 1), null);
    assertBegins("samples must have no masks", () -> ExitCalibration.labels(masked));
  }
}
