package org.dl4jsnn.internal.host;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;

class DelayLineTest {

  @Test
  void shouldSayWhichLinesAnArrayCannotHold() {
    DelayLine line =
        DelayLine.of(
            10_000_000, new ConstantSpikeTrain(FeatureShape.vector(300), 1, new float[300]));
    assertEquals(3_000_000_000L, line.size());
    assertMessage(
        "delayed spikes of a state must be at most 2147483647, got 3000000000. Possible cause: a"
            + " long delay of many neurons",
        line::numbers);
  }
}
