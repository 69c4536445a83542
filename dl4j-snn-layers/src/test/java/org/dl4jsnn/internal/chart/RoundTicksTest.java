package org.dl4jsnn.internal.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTicksTest {

  @Test
  void shouldBeRoundNumbersAroundTheValues() {
    assertEquals(List.of("0", "2", "4", "6"), labels(0, 5.02));
    assertEquals(List.of("0.65", "0.70", "0.75", "0.80"), labels(0.674, 0.7996));
    assertEquals(List.of("0", "1,000", "2,000", "3,000", "4,000"), labels(0, 3_431.5));
    assertEquals(List.of("-0.5", "0.0", "0.5", "1.0"), labels(-0.15, 0.9));
  }

  @Test
  void shouldLeaveRoomAroundASingleValue() {
    assertEquals(new RoundTicks(0, 0.5, 3), RoundTicks.around(0, 0, 5));
    RoundTicks ticks = RoundTicks.around(0.7, 0.7, 5);
    assertTrue(ticks.first() < 0.7 && ticks.last() > 0.7, ticks.toString());
  }

  @Test
  void shouldHoldEveryValueAndFewTicks() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      double low = random.nextGaussian() * Math.pow(10, random.nextInt(13) - 6);
      double high = low + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(13) - 6);
      RoundTicks ticks = RoundTicks.around(low, high, 5);
      double tolerance = 1e-6 * ticks.step();
      assertTrue(
          ticks.first() <= low + tolerance && ticks.last() >= high - tolerance, ticks::toString);
      assertTrue(ticks.count() >= 2 && ticks.count() <= 7, ticks::toString);
    }
  }

  @Test
  void shouldBeWholeNumbersThatBeginWithTheLowest() {
    assertEquals(List.of(1), RoundTicks.whole(1, 1, 9));
    assertEquals(List.of(1, 2, 3), RoundTicks.whole(1, 3, 9));
    assertEquals(List.of(1, 5, 10, 15, 20), RoundTicks.whole(1, 20, 5));
    assertEquals(List.of(0, 20, 40, 60, 80), RoundTicks.whole(0, 99, 6));
    assertEquals(List.of(7, 20, 40, 60), RoundTicks.whole(7, 60, 5));
  }

  private static List<String> labels(double low, double high) {
    RoundTicks ticks = RoundTicks.around(low, high, 5);
    return IntStream.range(0, ticks.count()).mapToObj(ticks::label).toList();
  }
}
