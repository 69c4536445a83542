package org.dl4jsnn.event.cochlea;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CochleaBinsTest {

  /** Two channels of 350, three steps of 10 ms. */
  private static final CochleaBins BINS = new CochleaBins(350, 10_000, 3);

  private static CochleaSpikes spikes(float[] times, int... channels) {
    return new CochleaSpikes(times, channels);
  }

  @Test
  void shouldCountSpikesOfNeighboursInSteps() {
    CochleaSpikes spikes = spikes(new float[] {0, 0.009f, 0.01f, 0.0299f}, 0, 349, 350, 699);
    assertArrayEquals(new float[] {2, 0, 0, 0, 1, 1}, BINS.count(spikes, 0));
  }

  @Test
  void shouldLeaveOutWhatComesAfterTheLastStep() {
    CochleaSpikes spikes = spikes(new float[] {0.0299f, 0.03f, 1e30f}, 0, 0, 0);
    assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0}, BINS.count(spikes, 0));
  }

  @Test
  void shouldMoveSpikesAndLoseThoseThatAreMovedOut() {
    CochleaSpikes spikes = spikes(new float[] {0, 0, 0}, 0, 349, 699);
    assertArrayEquals(new float[] {1, 0, 0, 1, 0, 0}, BINS.count(spikes, 1));
    assertArrayEquals(new float[] {1, 0, 0, 1, 0, 0}, BINS.count(spikes, -1));
    assertArrayEquals(new float[6], BINS.count(spikes, 700));
  }

  @Test
  void shouldLeaveChannelsAloneWithoutPooling() {
    float[] counts = new CochleaBins(1, 1, 1).count(spikes(new float[] {0}, 17), 0);
    assertEquals(700, counts.length);
    assertEquals(1, counts[17]);
  }

  @Test
  void shouldSayWhichNumberItRefuses() {
    assertRefused("pooling must be a divisor of 700, got 3", 3, 1, 1);
    assertRefused("pooling must be a divisor of 700, got 0", 0, 1, 1);
    assertRefused("microseconds must be at least 1, got 0", 1, 0, 1);
    assertRefused("steps must be a whole number of at least 1, got 0", 1, 1, 0);
    assertRefused(
        "values of a word must be a whole number of at most 2147483647, got 7000000000",
        1,
        1,
        10_000_000);
  }

  private static void assertRefused(String message, int pooling, long microseconds, int steps) {
    assertMessage(message, () -> new CochleaBins(pooling, microseconds, steps));
  }
}
