package org.dl4jsnn.internal.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChartAxisTest {

  @Test
  void shouldHaveRoundNumbersAroundTheValues() {
    assertEquals(List.of("0", "2", "4", "6"), labels(0, 5.02));
    assertEquals(List.of("0.65", "0.70", "0.75", "0.80"), labels(0.674, 0.7996));
    assertEquals(List.of("0", "1,000", "2,000", "3,000", "4,000"), labels(0, 3_431.5));
    assertEquals(List.of("-0.5", "0.0", "0.5", "1.0"), labels(-0.15, 0.9));
  }

  @Test
  void shouldLeaveRoomAroundASingleValue() {
    assertEquals(List.of(0.0, 0.5, 1.0), ChartAxis.around(0, 0, 5).ticks());
    for (double value : new double[] {0.7, -0.7, 1e300, -1e-300}) {
      ChartAxis axis = ChartAxis.around(value, value, 5);
      assertTrue(axis.low() < value && axis.high() > value, axis.toString());
    }
  }

  @Test
  void shouldHoldEveryValueAndFewTicksThatDiffer() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      double low = random.nextGaussian() * Math.pow(10, random.nextInt(13) - 6);
      double high = low + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(13) - 6);
      ChartAxis axis = ChartAxis.around(low, high, 5);
      double tolerance = 1e-6 * axis.step();
      assertTrue(axis.low() <= low + tolerance && axis.high() >= high - tolerance, axis::toString);
      List<String> labels = labels(low, high);
      assertTrue(labels.size() >= 2 && labels.size() <= 7, labels::toString);
      assertEquals(labels.size(), new HashSet<>(labels).size(), labels::toString);
    }
  }

  @Test
  void shouldHaveWholeNumbersBetweenTheEnds() {
    assertEquals(List.of(4.0), ChartAxis.whole(4, 4, 9).ticks());
    assertEquals(0.5, ChartAxis.whole(4, 4, 9).share(4));
    assertEquals(List.of(1.0, 2.0, 3.0), ChartAxis.whole(1, 3, 9).ticks());
    assertEquals(List.of(5.0, 10.0, 15.0, 20.0), ChartAxis.whole(1, 20, 5).ticks());
    assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0), ChartAxis.whole(0, 99, 6).ticks());
  }

  private static List<String> labels(double low, double high) {
    ChartAxis axis = ChartAxis.around(low, high, 5);
    return axis.ticks().stream().map(axis::label).toList();
  }
}
