package org.dl4jsnn.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DelayLineTest {

  @Test
  void shouldSayWhichLinesAnArrayCannotHold() {
    DelayLine line =
        DelayLine.of(new ConstantSpikeTrain(FeatureShape.vector(300), 10_000_000, new float[300]));
    assertEquals(3_000_000_000L, line.size());
    for (Executable all : new Executable[] {line::numbers, line::ones}) {
      assertEquals(
          "delayed spikes of a state must be at most 2147483647, got 3000000000. Possible cause: a"
              + " long delay of many neurons",
          assertThrows(IllegalArgumentException.class, all).getMessage());
    }
  }
}
