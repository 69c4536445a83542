package org.dl4jsnn.event.augment;

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
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.TimeWindow;
import org.junit.jupiter.api.Test;

class EventAugmentationTest {

  private final List<TestEvent> events = TestEvent.random(1, 2000);
  private final EventTable table = TestEvent.table(TestEvent.SENSOR, events);
  private final Random random = new Random(1);

  @Test
  void shouldBeTheSameWhenFlippedTwice() {
    FlipLeftRight flip = new FlipLeftRight(1);
    EventTable once = flip.augment(table, random);
    assertEquals(33 - table.x(7), once.x(7));
    assertEquals(table.y(7), once.y(7));
    assertEquals(events, TestEvent.of(flip.augment(once, random)));
  }

  @Test
  void shouldFlipAsOftenAsItsProbabilitySays() {
    FlipLeftRight flip = new FlipLeftRight(0.3);
    EventTable one = TestEvent.table(TestEvent.SENSOR, events.subList(0, 1));
    int flipped = 0;
    for (int i = 0; i < 10_000; i++) {
      flipped += flip.augment(one, random) == one ? 0 : 1;
    }
    assertEquals(3000, flipped, 150);
  }

  @Test
  void shouldBeTheSameWhenReversedTwice() {
    ReverseTime reverse = new ReverseTime(1);
    EventTable once = reverse.augment(table, random);
    int last = table.size() - 1;
    assertEquals(table.t(0), once.t(0));
    assertEquals(table.t(last), once.t(last));
    assertEquals(table.t(0) + table.t(last) - table.t(7), once.t(last - 7));
    assertEquals(table.x(7), once.x(last - 7));
    assertEquals(table.y(7), once.y(last - 7));
    assertEquals(table.on(7), !once.on(last - 7));
    assertEquals(events, TestEvent.of(reverse.augment(once, random)));
    assertSame(table, new ReverseTime(0).augment(table, random));
  }

  /** As a data set reads them that keeps times that go backwards. */
  @Test
  void shouldReverseEventsOutOfOrder() {
    EventTable unsorted = new EventTable("made", new SensorSize(34, 34));
    for (long t : new long[] {1005, 1020, 1010}) {
      unsorted.add(1, 2, t, true);
    }
    EventTable reversed = new ReverseTime(1).augment(unsorted, random);
    assertEquals(
        List.of(1015L, 1005L, 1020L),
        LongStream.range(0, 3).mapToObj(i -> reversed.t((int) i)).toList());
  }

  @Test
  void shouldNotChangeWhenTurnedByNothing() {
    EventTable same = new RandomAffine(0, 0, 0).augment(table, random);
    assertEquals(events, TestEvent.of(same));
  }

  @Test
  void shouldTurnClockwiseAroundTheCentre() {
    // A generator that draws 0.75: of up to 180 degrees either way, 90.
    EventTable turned = new RandomAffine(180, 0, 0).augment(table, () -> 3L << 62);
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
    EventTable sheared = new RandomAffine(0, 0, 1).augment(one, () -> 3L << 62);
    assertEquals(List.of(13, 15), List.of(sheared.x(0), sheared.y(0)));
    EventTable larger = new RandomAffine(0, 0.8, 0).augment(one, () -> 3L << 62);
    assertEquals(List.of(6, 17), List.of(larger.x(0), larger.y(0)));
  }

  @Test
  void shouldLeaveOutWhatALargerSampleMovesOffTheSensor() {
    int larger = 0;
    for (int i = 0; i < 50; i++) {
      EventTable changed = new RandomAffine(0, 0.9, 0).augment(table, random);
      larger += changed.size() < events.size() ? 1 : 0;
    }
    assertEquals(25, larger, 10);
  }

  @Test
  void shouldRefuseTurnsThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new RandomAffine(181, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new RandomAffine(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RandomAffine(0, 0, -1));
  }

  @Test
  void shouldShiftAllEventsAlikeAndLeaveOutThoseOffTheSensor() {
    Set<List<Integer>> shifts = new HashSet<>();
    EventTable some = TestEvent.table(TestEvent.SENSOR, events.subList(0, 200));
    for (int i = 0; i < 300; i++) {
      EventTable shifted = Shift.upTo(2).augment(some, random);
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
      EventTable kept = new DropEvents(0.4).augment(table, random);
      double share = 1 - kept.size() / 2000.0;
      assertTrue(share < 0.45, "share " + share);
      dropped += share / 100;
    }
    assertEquals(0.2, dropped, 0.03);
  }

  @Test
  void shouldJitterTimesAndKeepTheSpanAndTheEvents() {
    EventTable jittered = new TimeJitter(500).augment(table, random);
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
    EventTable jittered = new TimeJitter(200).augment(one, random);
    double squares = 0;
    for (int i = 0; i < jittered.size(); i++) {
      squares += jittered.on(i) ? Math.pow(jittered.t(i) - 100_000, 2) : 0;
    }
    assertEquals(200, Math.sqrt(squares / 5000), 10);
  }

  @Test
  void shouldChainInOrderWithTheSameDraws() {
    EventAugmentation chain = EventAugmentation.chain(Shift.upTo(4), new DropEvents(0.5));
    Random draws = new Random(3);
    EventTable one = Shift.upTo(4).augment(table, draws);
    EventTable both = new DropEvents(0.5).augment(one, draws);
    assertEquals(TestEvent.of(both), TestEvent.of(chain.augment(table, new Random(3))));
    assertSame(table, EventAugmentation.none().augment(table, random));
    assertEquals(EventAugmentation.none(), EventAugmentation.chain());
  }

  @Test
  void shouldRefuseParametersThatBreakTheirRules() {
    assertMessage("probability must be from 0 to 1, got 1.1", () -> new FlipLeftRight(1.1));
    assertMessage("probability must be from 0 to 1, got NaN", () -> new FlipLeftRight(Double.NaN));
    assertMessage("probability must be from 0 to 1, got -0.1", () -> new ReverseTime(-0.1));
    assertMessage("maximumShare must be from 0 to 1, got -0.1", () -> new DropEvents(-0.1));
    assertMessage("maximumX must be a whole number of at least 0, got -1", () -> new Shift(-1, 0));
    assertMessage("maximumY must be a whole number of at least 0, got -1", () -> new Shift(0, -1));
    assertMessage("deviation must be at least 0 µs and finite, got -1.0", () -> new TimeJitter(-1));
    assertMessage(
        "deviation must be at least 0 µs and finite, got Infinity",
        () -> new TimeJitter(Double.POSITIVE_INFINITY));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
