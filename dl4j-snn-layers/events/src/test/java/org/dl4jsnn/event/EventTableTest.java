package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTableTest {

  private final EventTable table = new EventTable("simulated", new SensorSize(32768, 2));

  @Test
  void shouldHoldWhatWasAdded() {
    table.add(32767, 1, Long.MAX_VALUE, true);
    table.add(0, 0, 0, false);
    assertEquals(2, table.size());
    assertEquals(1, table.onEvents());
    assertEquals(32767, table.x(0));
    assertEquals(1, table.y(0));
    assertEquals(Long.MAX_VALUE, table.t(0));
    assertTrue(table.on(0));
    assertEquals("2 events of 32768 x 2 (simulated)", table.toString());
  }

  @Test
  void shouldGrowAndTrim() {
    List<TestEvent> events = TestEvent.random(3, 10_000);
    EventTable grown = tableOf(events);
    assertEquals(events, TestEvent.of(grown));
    grown.trim();
    assertEquals(events, TestEvent.of(grown));
    grown.append(1, 2, 3, true);
    assertEquals(10_001, grown.size());
  }

  @Test
  void shouldKnowItsRoomAndGiveMoreThanAnEighthBack() {
    table.grow(8000);
    for (int i = 0; i < 7000; i++) {
      table.append(0, 0, i, true);
    }
    assertTrue(table.hasRoom(1000));
    assertFalse(table.hasRoom(1001));
    table.trim();
    assertTrue(table.hasRoom(1000), "an eighth stays");

    EventTable part = table.during(new TimeWindow(0, 5));
    assertEquals(5, part.size());
    assertFalse(part.hasRoom(1), "a part takes no more than it needs");
  }

  @Test
  void shouldSortByTimeAndKeepEventsOfOneTimeInOrder() {
    for (int size : new int[] {0, 1, 2, 3, 17, 1000}) {
      List<TestEvent> events = new ArrayList<>(TestEvent.random(size, size));
      Collections.shuffle(events, new Random(1));
      EventTable sorted = tableOf(events);
      sorted.sort();
      events.sort(Comparator.comparingLong(TestEvent::t));
      assertEquals(events, TestEvent.of(sorted));
    }
  }

  @Test
  void shouldTakeTheSmallestSensorIfNoneIsStated() {
    EventTable unknown = new EventTable("N-MNIST", Optional.empty());
    assertEquals(new SensorSize(1, 1), unknown.sensor());
    unknown.append(5, 9, 0, true);
    unknown.append(7, 2, 0, true);
    assertEquals(new SensorSize(8, 10), unknown.sensor());
  }

  @Test
  void shouldFindTheEventsOfAWindow() {
    List<TestEvent> events = TestEvent.random(4, 500);
    long start = events.get(100).t();
    long end = events.get(300).t();
    EventTable part = tableOf(events).during(new TimeWindow(start, end));
    List<TestEvent> expected =
        events.stream().filter(event -> event.t() >= start && event.t() < end).toList();
    assertEquals(expected, TestEvent.of(part));
    assertEquals(TestEvent.SENSOR, part.sensor());
  }

  @Test
  void shouldFindTheEventsOfAWindowWhateverTheirOrder() {
    TimeWindow window = new TimeWindow(2, 5);
    table.add(0, 0, 1, true);
    table.add(1, 0, 2, true);
    table.add(2, 0, 2, true);
    table.add(3, 0, 4, true);
    table.add(4, 0, 5, true);
    assertEquals(3, table.during(window).size());
    assertEquals(0, table.during(new TimeWindow(6, 9)).size());
    table.add(5, 0, 3, true);
    assertEquals(List.of(1, 2, 3, 5), columns(table.during(window)));
    table.add(6, 0, 3, true);
    assertEquals(List.of(1, 2, 3, 5, 6), columns(table.during(window)));
    table.sort();
    assertEquals(List.of(1, 2, 5, 6, 3), columns(table.during(window)));
  }

  private static List<Integer> columns(EventTable events) {
    return TestEvent.of(events).stream().map(TestEvent::x).toList();
  }

  @Test
  void shouldKeepTheSizeOfTheWholeForAPart() {
    EventTable unknown = new EventTable("N-MNIST", Optional.empty());
    unknown.append(0, 0, 1, true);
    unknown.append(5, 9, 7, true);
    assertEquals(new SensorSize(6, 10), unknown.during(new TimeWindow(0, 2)).sensor());
  }

  @Test
  void shouldRefuseWhatIsNotAnEvent() {
    assertMessage(
        "(x, y) must be on the sensor of 32768 x 2, got (3, 2)", () -> table.add(3, 2, 0, true));
    assertMessage(
        "(x, y) must be on the sensor of 32768 x 2, got (-1, 0)", () -> table.add(-1, 0, 0, true));
    assertMessage("t must be at least 0, got -1", () -> table.add(0, 0, -1, true));
    assertThrows(IndexOutOfBoundsException.class, () -> table.x(0));
    assertThrows(IndexOutOfBoundsException.class, () -> table.t(-1));
  }

  private static EventTable tableOf(List<TestEvent> events) {
    EventTable table = new EventTable("test", TestEvent.SENSOR);
    events.forEach(event -> table.add(event.x(), event.y(), event.t(), event.on()));
    return table;
  }
}
