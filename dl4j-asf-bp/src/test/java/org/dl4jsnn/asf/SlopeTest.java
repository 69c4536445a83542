package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.FlowSums;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The adaptive linear estimation (equation 11) and its schedule. */
class SlopeTest {

  private static AccumulatedFlow flow(float[] in, float[] out) {
    return new AccumulatedFlow(
        Nd4j.create(in, new long[] {1, in.length}, 'c'),
        Nd4j.create(out, new long[] {1, out.length}, 'c'),
        10);
  }

  @Test
  void shouldTakeWeightedLayersWhereInputIsAtLeastOutput() {
    AccumulatedFlow flow = flow(new float[] {4, 2, -1, 1}, new float[] {2, 2, 0, 3});
    // G holds the first two: 4 / 6.
    assertEquals(
        0.6 * 4 / 6 + 0.4 * 0.5,
        new LinearEstimation().refresh(0.5, FlowSums.of(flow, true)),
        1e-12);
  }

  @Test
  void shouldTakeAllOfAPoolingLayer() {
    AccumulatedFlow flow = flow(new float[] {4, 2, 2}, new float[] {2, 2, 3});
    assertEquals(
        0.6 * 7 / 8 + 0.4, new LinearEstimation().refresh(1, FlowSums.of(flow, false)), 1e-12);
  }

  @Test
  void shouldFallBackWhereThereIsTooLittleInput() {
    AccumulatedFlow silent = flow(new float[] {0, -5, 0.0005f}, new float[] {0, 0, 0});
    assertEquals(
        0.6 + 0.4 * 0.5, new LinearEstimation().refresh(0.5, FlowSums.of(silent, true)), 1e-12);
    LinearEstimation other = new LinearEstimation(1, 0.1, 0.25);
    assertEquals(0.25, other.refresh(0.5, FlowSums.of(silent, true)), 1e-12);
  }

  @Test
  void shouldCountEpochsOrIterations() {
    RefreshSchedule epochs = RefreshSchedule.everyEpochs(5);
    assertTrue(epochs.isDue(0, 3) && epochs.isDue(5, 3) && epochs.isDue(10, 1));
    assertFalse(epochs.isDue(4, 5) || epochs.isDue(6, 0));
    RefreshSchedule iterations = RefreshSchedule.everyIterations(3);
    assertTrue(iterations.isDue(1, 0) && iterations.isDue(1, 6));
    assertFalse(iterations.isDue(0, 4));
    assertThrows(IllegalArgumentException.class, () -> RefreshSchedule.everyEpochs(0));
  }
}
