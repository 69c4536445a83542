package org.dl4jsnn.event.frame;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.TimeWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlicingTest {

  static Stream<Slicing> all() {
    return Stream.of(1, 2, 7, 100)
        .flatMap(
            steps ->
                Stream.of(
                    Slicing.intoEqualParts(steps),
                    Slicing.intoEqualCounts(steps),
                    Slicing.byTime(700, steps),
                    Slicing.byCount(3, steps)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldGiveEveryEventOfTheWindowOneStepOrNone(Slicing slicing) {
    EventTable events = TestEvent.table(TestEvent.SENSOR, TestEvent.random(1, 400));
    TimeWindow window = new TimeWindow(events.t(50), events.t(350));
    int[] steps = slicing.stepsOf(events, window);
    assertEquals(400, steps.length);
    int before = 0;
    for (int i = 0; i < steps.length; i++) {
      assertTrue(steps[i] >= Slicing.OUTSIDE && steps[i] < slicing.steps());
      if (!window.contains(events.t(i))) {
        assertEquals(Slicing.OUTSIDE, steps[i]);
      } else if (steps[i] != Slicing.OUTSIDE) {
        assertTrue(steps[i] >= before, "steps must not go back in time");
        before = steps[i];
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldTakeATableWithoutEvents(Slicing slicing) {
    EventTable none = table();
    assertEquals(0, slicing.stepsOf(none, TimeWindow.of(none)).length);
  }

  @Test
  void shouldCutTheWindowIntoPartsOfEqualDuration() {
    Slicing three = Slicing.intoEqualParts(3);
    assertSteps(
        three, new TimeWindow(10, 20), new int[] {0, 0, 1, 1, 2, 2}, 10, 13, 14, 16, 17, 19);
    assertSteps(three, new TimeWindow(10, 20), new int[] {-1, -1}, 9, 20);
    assertSteps(three, new TimeWindow(0, 1), new int[] {0, 0}, 0, 0);
  }

  @Test
  void shouldCutTheWindowIntoPartsOfEquallyManyEvents() {
    TimeWindow window = new TimeWindow(1, 10);
    assertSteps(
        Slicing.intoEqualCounts(2),
        window,
        new int[] {-1, 0, 0, 0, 1, 1, -1},
        0,
        1,
        1,
        1,
        2,
        9,
        10);
    assertSteps(Slicing.intoEqualCounts(5), window, new int[] {0, 2}, 3, 4);
  }

  @Test
  void shouldCutStepsOfADurationAndLeaveOutWhatFollows() {
    TimeWindow window = new TimeWindow(100, 1000);
    assertSteps(
        Slicing.byTime(50, 2),
        window,
        new int[] {0, 0, 1, 1, -1, -1},
        100,
        149,
        150,
        199,
        200,
        999);
    assertSteps(Slicing.byTime(1, 2), new TimeWindow(0, Long.MAX_VALUE), new int[] {-1}, 1L << 40);
  }

  @Test
  void shouldCutStepsOfACountAndLeaveOutWhatFollows() {
    TimeWindow window = new TimeWindow(1, 1000);
    assertSteps(Slicing.byCount(2, 2), window, new int[] {-1, 0, 0, 1, 1, -1}, 0, 1, 2, 3, 4, 5);
  }

  @Test
  void shouldBeEqualWhereTheySliceAlike() {
    assertEquals(Slicing.byTime(50, 2), Slicing.byTime(50, 2));
    assertEquals(
        List.of(
            "EqualParts[steps=3]",
            "EqualCounts[steps=3]",
            "StepsOfTime[microseconds=5, steps=3]",
            "StepsOfCount[events=5, steps=3]"),
        Stream.of(
                Slicing.intoEqualParts(3),
                Slicing.intoEqualCounts(3),
                Slicing.byTime(5, 3),
                Slicing.byCount(5, 3))
            .map(Object::toString)
            .toList());
  }

  @Test
  void shouldRefuseWhatCannotSlice() {
    String steps = "steps must be a whole number of at least 1, got 0";
    assertMessage(steps, () -> Slicing.intoEqualParts(0));
    assertMessage(steps, () -> Slicing.intoEqualCounts(0));
    assertMessage(steps, () -> Slicing.byTime(1, 0));
    assertMessage(steps, () -> Slicing.byCount(1, 0));
    assertMessage("microseconds must be at least 1, got 0", () -> Slicing.byTime(0, 1));
    assertMessage(
        "events must be a whole number of at least 1, got 0", () -> Slicing.byCount(0, 1));
    assertMessage(
        "the window's length times 2 steps must be below 2^63 µs, got [0, 9223372036854775807) µs."
            + " Possible cause: a damaged file",
        () -> Slicing.intoEqualParts(2).stepsOf(table(1), new TimeWindow(0, Long.MAX_VALUE)));
  }

  private static EventTable table(long... times) {
    EventTable table = new EventTable("test", new SensorSize(1, 1));
    for (long t : times) {
      table.add(0, 0, t, true);
    }
    return table;
  }

  private static void assertSteps(
      Slicing slicing, TimeWindow window, int[] expected, long... times) {
    assertArrayEquals(expected, slicing.stepsOf(table(times), window));
  }
}
