package org.dl4jsnn.internal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.frame.Slicing;
import org.junit.jupiter.api.Test;

class ShortSlicesTest {

  private static List<String> warnings(Runnable work) {
    try (LogOf log = new LogOf(ShortSlices.class)) {
      work.run();
      return log.messages(Level.WARN);
    }
  }

  @Test
  void shouldWarnOfMicrosecondsWhereMillisecondsWereMeant() {
    List<String> expected =
        List.of(
            "20 slices of 30 µs cover 600 µs, and what comes later is left out. Possible cause:"
                + " milliseconds were meant; lengths are in µs, so that 30 ms are 30000");
    assertEquals(expected, warnings(() -> Slicing.byTime(30, 20)));
    assertEquals(expected, warnings(() -> new CochleaBins(10, 30, 20)));
    assertEquals(
        List.of(
            "slices of 30 µs are more than a thousand a second, which few networks can follow."
                + " Possible cause: milliseconds were meant; the length is in µs, so that 30 ms are"
                + " 30000"),
        warnings(() -> ShortSlices.look(30)));
  }

  @Test
  void shouldNotWarnOfSlicesThatCoverAGesture() {
    assertEquals(List.of(), warnings(() -> Slicing.byTime(30_000, 20)));
    assertEquals(List.of(), warnings(() -> Slicing.byTime(1000, 1)));
    assertEquals(List.of(), warnings(() -> Slicing.byTime(500, 100)));
    assertEquals(List.of(), warnings(() -> Slicing.byTime(999, Integer.MAX_VALUE)));
    assertEquals(List.of(), warnings(() -> new CochleaBins(10, 10_000, 100)));
    assertEquals(List.of(), warnings(() -> ShortSlices.look(1000)));
  }
}
