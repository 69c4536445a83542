package org.dl4jsnn.internal.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;

class AccumulatedSpikesTest {

  @Test
  void shouldClearWhatReachedTheNumberOfStepsInGradedTrains() {
    float[] totals = {1, 2, 3, 4, 4.5f, 0};
    AccumulatedSpikes spikes = new AccumulatedSpikes(FeatureShape.vector(3), 2, 4, 1, null, totals);
    float[] first = {7, 7, 7};
    spikes.clearSaturated(0, first);
    assertArrayEquals(new float[] {7, 7, 7}, first);
    float[] second = {7, 7, 7};
    spikes.clearSaturated(1, second);
    assertArrayEquals(new float[] {0, 0, 7}, second);
  }
}
