package org.dl4jsnn.event.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
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
class EventAugmentationContractTest {

  static Stream<EventAugmentation> all() {
    return Stream.of(
        EventAugmentation.none(),
        new FlipLeftRight(0),
        new FlipLeftRight(0.5),
        new FlipLeftRight(1),
        new ReverseTime(0),
        new ReverseTime(0.5),
        new ReverseTime(1),
        Shift.upTo(0),
        Shift.upTo(3),
        new Shift(Integer.MAX_VALUE, 0),
        new RandomAffine(0, 0, 0),
        new RandomAffine(180, 0.99, 5),
        new DropEvents(0),
        new DropEvents(0.4),
        new DropEvents(1),
        new TimeJitter(0),
        new TimeJitter(300),
        new TimeJitter(Double.MAX_VALUE),
        EventAugmentation.chain(
            new FlipLeftRight(0.5), Shift.upTo(5), new DropEvents(0.1), new TimeJitter(100)));
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
}
