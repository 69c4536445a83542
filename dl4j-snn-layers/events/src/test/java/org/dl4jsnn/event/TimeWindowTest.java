package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeWindowTest {

  @Test
  void shouldHoldItsStartAndNotItsEnd() {
    TimeWindow window = new TimeWindow(3, 7);
    assertTrue(window.contains(3) && window.contains(6));
    assertFalse(window.contains(2) || window.contains(7));
    assertEquals(4, window.length());
    assertEquals("[3, 7) µs", window.toString());
  }

  @Test
  void shouldSpanAllEventsWhateverTheirOrder() {
    assertEquals(new TimeWindow(2, 10), TimeWindow.of(table(5, 2, 9, 4)));
    assertEquals(new TimeWindow(5, 6), TimeWindow.of(table(5)));
    assertEquals(new TimeWindow(0, 1), TimeWindow.of(table()));
  }

  @Test
  void shouldRefuseWhatIsNotAWindow() {
    assertMessage("start must be at least 0 µs, got -1", () -> new TimeWindow(-1, 3));
    assertMessage("end must be after the start, 3 µs, got 3", () -> new TimeWindow(3, 3));
    assertMessage(
        "t must be below 2^63 - 1 µs, got 9223372036854775807. Possible cause: a damaged file",
        () -> TimeWindow.of(table(Long.MAX_VALUE)));
  }

  private static EventTable table(long... times) {
    EventTable table = TestEvent.table(new SensorSize(1, 1), List.of());
    for (long t : times) {
      table.add(0, 0, t, true);
    }
    return table;
  }
}
