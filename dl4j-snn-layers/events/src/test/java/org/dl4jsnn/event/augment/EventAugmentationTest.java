package org.dl4jsnn.event.augment;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.TimeWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every augmentation keeps:
 *
 * <ul>
 *   <li>the table that it is given, and the sensor;
 *   <li>the order of time;
 *   <li>events: it may leave some out, and makes none;
 *   <li>the same draws give the same change;
 *   <li>a table without events is accepted.
 * </ul>
 */
class EventAugmentationTest {

  private final List<TestEvent> events = TestEvent.random(1, 2000);
  private final EventTable table = TestEvent.table(TestEvent.SENSOR, events);
  private final Random random = new Random(1);

  static Stream<EventAugmentation> all() {
    return Stream.of(
        EventAugmentation.none(),
        EventAugmentation.flipLeftRight(0),
        EventAugmentation.flipLeftRight(0.5),
        EventAugmentation.flipLeftRight(1),
        EventAugmentation.reverseTime(0),
        EventAugmentation.reverseTime(0.5),
        EventAugmentation.reverseTime(1),
        EventAugmentation.shift(0),
        EventAugmentation.shift(3),
        EventAugmentation.shift(Integer.MAX_VALUE, 0),
        EventAugmentation.affine(0, 0, 0),
        EventAugmentation.affine(180, 0.99, 5),
        EventAugmentation.dropEvents(0),
        EventAugmentation.dropEvents(0.4),
        EventAugmentation.dropEvents(1),
        EventAugmentation.jitterTimes(0),
        EventAugmentation.jitterTimes(300),
        EventAugmentation.jitterTimes(Double.MAX_VALUE),
        EventAugmentation.chain(
            EventAugmentation.flipLeftRight(0.5),
            EventAugmentation.shift(5),
            EventAugmentation.dropEvents(0.1),
            EventAugmentation.jitterTimes(100)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldKeepTheContract(EventAugmentation augmentation) {
    for (int seed = 0; seed < 20; seed++) {
      List<TestEvent> events = TestEvent.random(seed, 1 + 20 * seed);
      EventTable table = TestEvent.table(TestEvent.SENSOR, events);
      EventTable changed = augmentation.augment(table, new Random(seed));
      assertEquals(events, TestEvent.of(table));
      assertEquals(TestEvent.SENSOR, changed.sensor());
      assertTrue(changed.size() <= events.size());
      for (int i = 1; i < changed.size(); i++) {
        assertTrue(changed.t(i) >= changed.t(i - 1));
      }
      EventTable again = augmentation.augment(table, new Random(seed));
      assertEquals(TestEvent.of(changed), TestEvent.of(again));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldTakeATableWithoutEvents(EventAugmentation augmentation) {
    EventTable none = new EventTable("test", new SensorSize(3, 2));
    EventTable changed = augmentation.augment(none, new Random(1));
    assertEquals(0, changed.size());
    assertEquals(new SensorSize(3, 2), changed.sensor());
  }

  @Test
  void shouldBeTheSameWhenFlippedTwice() {
    EventAugmentation flip = EventAugmentation.flipLeftRight(1);
    EventTable once = flip.augment(table, random);
    assertEquals(33 - table.x(7), once.x(7));
    assertEquals(table.y(7), once.y(7));
    assertEquals(events, TestEvent.of(flip.augment(once, random)));
  }

  @Test
  void shouldFlipAsOftenAsItsProbabilitySays() {
    EventAugmentation flip = EventAugmentation.flipLeftRight(0.3);
    EventTable one = TestEvent.table(TestEvent.SENSOR, events.subList(0, 1));
    int flipped = 0;
    for (int i = 0; i < 10_000; i++) {
      flipped += flip.augment(one, random) == one ? 0 : 1;
    }
    assertEquals(3000, flipped, 150);
  }

  @Test
  void shouldBeTheSameWhenReversedTwice() {
    EventAugmentation reverse = EventAugmentation.reverseTime(1);
    EventTable once = reverse.augment(table, random);
    int last = table.size() - 1;
    assertEquals(table.t(0), once.t(0));
    assertEquals(table.t(last), once.t(last));
    assertEquals(table.t(0) + table.t(last) - table.t(7), once.t(last - 7));
    assertEquals(table.x(7), once.x(last - 7));
    assertEquals(table.y(7), once.y(last - 7));
    assertEquals(table.on(7), !once.on(last - 7));
    assertEquals(events, TestEvent.of(reverse.augment(once, random)));
    assertSame(table, EventAugmentation.reverseTime(0).augment(table, random));
  }

  /** As a data set reads them that keeps times that go backwards. */
  @Test
  void shouldReverseEventsOutOfOrder() {
    EventTable unsorted = new EventTable("made", new SensorSize(34, 34));
    for (long t : new long[] {1005, 1020, 1010}) {
      unsorted.add(1, 2, t, true);
    }
    EventTable reversed = EventAugmentation.reverseTime(1).augment(unsorted, random);
    assertEquals(
        List.of(1015L, 1005L, 1020L),
        LongStream.range(0, 3).mapToObj(i -> reversed.t((int) i)).toList());
  }

  @Test
  void shouldNotChangeWhenTurnedByNothing() {
    EventTable same = EventAugmentation.affine(0, 0, 0).augment(table, random);
    assertEquals(events, TestEvent.of(same));
  }

  @Test
  void shouldTurnClockwiseAroundTheCentre() {
    // A generator that draws 0.75: of up to 180 degrees either way, 90.
    EventTable turned = EventAugmentation.affine(180, 0, 0).augment(table, () -> 3L << 62);
    assertEquals(events.size(), turned.size());
    for (int i = 0; i < events.size(); i++) {
      assertEquals(33 - table.y(i), turned.x(i));
      assertEquals(table.x(i), turned.y(i));
    }
  }

  /** A generator that draws 0.75: half of the most, on a sensor that is wider than high. */
  @Test
  void shouldShearAndScaleAroundTheCentre() {
    EventTable one = new EventTable("made", new SensorSize(40, 20));
    one.add(10, 15, 7, true);
    EventTable sheared = EventAugmentation.affine(0, 0, 1).augment(one, () -> 3L << 62);
    assertEquals(List.of(13, 15), List.of(sheared.x(0), sheared.y(0)));
    EventTable larger = EventAugmentation.affine(0, 0.8, 0).augment(one, () -> 3L << 62);
    assertEquals(List.of(6, 17), List.of(larger.x(0), larger.y(0)));
  }

  @Test
  void shouldLeaveOutWhatALargerSampleMovesOffTheSensor() {
    int larger = 0;
    for (int i = 0; i < 50; i++) {
      EventTable changed = EventAugmentation.affine(0, 0.9, 0).augment(table, random);
      larger += changed.size() < events.size() ? 1 : 0;
    }
    assertEquals(25, larger, 10);
  }

  @Test
  void shouldRefuseTurnsThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> EventAugmentation.affine(181, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> EventAugmentation.affine(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> EventAugmentation.affine(0, 0, -1));
  }

  @Test
  void shouldShiftAllEventsAlikeAndLeaveOutThoseOffTheSensor() {
    Set<List<Integer>> shifts = new HashSet<>();
    EventTable some = TestEvent.table(TestEvent.SENSOR, events.subList(0, 200));
    for (int i = 0; i < 300; i++) {
      EventTable shifted = EventAugmentation.shift(2).augment(some, random);
      List<TestEvent> expected = null;
      for (int right = -2; right <= 2; right++) {
        for (int down = -2; down <= 2; down++) {
          List<TestEvent> moved = moved(right, down);
          if (moved.equals(TestEvent.of(shifted))) {
            expected = moved;
            shifts.add(List.of(right, down));
          }
        }
      }
      assertTrue(expected != null, "some shift by up to 2 pixels must explain the events");
    }
    assertEquals(25, shifts.size(), "all shifts are drawn, along both axes apart");
  }

  private List<TestEvent> moved(int right, int down) {
    return events.subList(0, 200).stream()
        .map(event -> new TestEvent(event.x() + right, event.y() + down, event.t(), event.on()))
        .filter(event -> TestEvent.SENSOR.contains(event.x(), event.y()))
        .toList();
  }

  @Test
  void shouldDropUpToItsShare() {
    double dropped = 0;
    for (int i = 0; i < 100; i++) {
      EventTable kept = EventAugmentation.dropEvents(0.4).augment(table, random);
      double share = 1 - kept.size() / 2000.0;
      assertTrue(share < 0.45, "share " + share);
      dropped += share / 100;
    }
    assertEquals(0.2, dropped, 0.03);
  }

  @Test
  void shouldJitterTimesAndKeepTheSpanAndTheEvents() {
    EventTable jittered = EventAugmentation.jitterTimes(500).augment(table, random);
    TimeWindow span = TimeWindow.of(table);
    TimeWindow after = TimeWindow.of(jittered);
    assertTrue(after.start() >= span.start() && after.end() <= span.end());
    assertEquals(2000, jittered.size());
    assertEquals(table.onEvents(), jittered.onEvents());
    assertNotEquals(events, TestEvent.of(jittered));
  }

  @Test
  void shouldJitterByItsDeviation() {
    EventTable one = new EventTable("test", TestEvent.SENSOR);
    one.add(0, 0, 0, false);
    for (int i = 0; i < 5000; i++) {
      one.add(1, 1, 100_000, true);
    }
    one.add(0, 0, 200_000, false);
    EventTable jittered = EventAugmentation.jitterTimes(200).augment(one, random);
    double squares = 0;
    for (int i = 0; i < jittered.size(); i++) {
      squares += jittered.on(i) ? Math.pow(jittered.t(i) - 100_000, 2) : 0;
    }
    assertEquals(200, Math.sqrt(squares / 5000), 10);
  }

  @Test
  void shouldChainInOrderWithTheSameDraws() {
    EventAugmentation chain =
        EventAugmentation.chain(EventAugmentation.shift(4), EventAugmentation.dropEvents(0.5));
    Random draws = new Random(3);
    EventTable one = EventAugmentation.shift(4).augment(table, draws);
    EventTable both = EventAugmentation.dropEvents(0.5).augment(one, draws);
    assertEquals(TestEvent.of(both), TestEvent.of(chain.augment(table, new Random(3))));
    assertSame(table, EventAugmentation.none().augment(table, random));
    assertEquals(EventAugmentation.none(), EventAugmentation.chain());
  }

  @Test
  void shouldRefuseParametersThatBreakTheirRules() {
    assertMessage(
        "probability must be from 0 to 1, got 1.1", () -> EventAugmentation.flipLeftRight(1.1));
    assertMessage(
        "probability must be from 0 to 1, got NaN",
        () -> EventAugmentation.flipLeftRight(Double.NaN));
    assertMessage(
        "probability must be from 0 to 1, got -0.1", () -> EventAugmentation.reverseTime(-0.1));
    assertMessage(
        "maximumShare must be from 0 to 1, got -0.1", () -> EventAugmentation.dropEvents(-0.1));
    assertMessage(
        "maximumX must be a whole number of at least 0, got -1",
        () -> EventAugmentation.shift(-1, 0));
    assertMessage(
        "maximumY must be a whole number of at least 0, got -1",
        () -> EventAugmentation.shift(0, -1));
    assertMessage(
        "deviation must be at least 0 µs and finite, got -1.0",
        () -> EventAugmentation.jitterTimes(-1));
    assertMessage(
        "deviation must be at least 0 µs and finite, got Infinity",
        () -> EventAugmentation.jitterTimes(Double.POSITIVE_INFINITY));
  }
}
