package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRunTest {

  private final EventRun run =
      new EventRun(
          new int[] {-1, EventWord.of(3, 1, true), EventWord.of(0, 2, false), -1},
          new long[] {99, 4, 4, 1},
          1,
          4);

  @Test
  void shouldBeEmptyAtFirst() {
    assertTrue(run.isEmpty());
    assertEquals(1, run.end());
    assertTrue(run.isInOrderAfter(Long.MAX_VALUE));
    assertTrue(run.isOn(new SensorSize(1, 1)));
  }

  @Test
  void shouldJudgeItsEventsOnly() {
    run.endAt(3);
    assertFalse(run.isEmpty());
    assertEquals(4, run.firstTime());
    assertEquals(4, run.lastTime());
    assertTrue(run.isInOrderAfter(3));
    assertTrue(run.isInOrderAfter(4));
    assertFalse(run.isInOrderAfter(5));
    assertTrue(run.isOn(new SensorSize(4, 3)));
    assertFalse(run.isOn(new SensorSize(3, 3)), "the first is off it");
    assertFalse(run.isOn(new SensorSize(4, 2)), "the last is off it");
    run.endAt(4);
    assertEquals(1, run.lastTime());
    assertFalse(run.isInOrderAfter(0), "the last falls");
  }

  @Test
  void shouldAddToTheCountsOfATable() {
    EventTable table = new EventTable("test", Optional.empty());
    table.append(1, 5, 0, true);
    EventRun free = table.run(2);
    assertEquals(1, free.start);
    assertEquals(3, free.limit);
    free.place[1] = EventWord.of(7, 2, true);
    free.place[2] = EventWord.of(0, 0, false);
    free.t[1] = 8;
    free.t[2] = 9;
    free.endAt(3);
    table.append(free);
    assertEquals(3, table.size());
    assertEquals(2, table.onEvents());
    assertEquals(new SensorSize(8, 6), table.sensor());
    assertEquals(new TestEvent(7, 2, 8, true), TestEvent.of(table).get(1));
    assertEquals(1024, table.run(5000).limit, "what the table holds");
  }

  private static final int[] COORDINATES = {0, 1, 33, 34, 127, 128, 32766, 32767};

  @ParameterizedTest
  @CsvSource({"1, 1", "34, 128", "128, 34", "32767, 1", "32768, 32768"})
  void shouldSayWhatLiesOnASensor(int width, int height) {
    SensorSize sensor = new SensorSize(width, height);
    for (int x : COORDINATES) {
      for (int y : COORDINATES) {
        for (boolean on : new boolean[] {false, true}) {
          int place = EventWord.of(x, y, on);
          assertEquals(x, EventWord.x(place));
          assertEquals(y, EventWord.y(place));
          assertEquals(on, EventWord.on(place));
          int[] places = {-1, 0, place, 0, -1};
          assertEquals(sensor.contains(x, y), EventWord.allOn(sensor, places, 1, 4));
        }
      }
    }
  }
}
