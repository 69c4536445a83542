package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnwrappedTimeTest {

  private final UnwrappedTime time = new UnwrappedTime(8);

  @Test
  void shouldContinueAfterAWrap() {
    assertEquals(250, time.of(250));
    assertEquals(256 + 3, time.of(3));
    assertEquals(256 + 120, time.of(120));
    assertEquals(256 + 240, time.of(240));
    assertEquals(512, time.of(0));
  }

  @Test
  void shouldTreatASmallFallAsTimeThatGoesBackwards() {
    assertEquals(200, time.of(200));
    assertEquals(100, time.of(100));
  }

  @Test
  void shouldKnowALateTimeFromBeforeAWrap() {
    time.of(250);
    assertEquals(256, time.of(0));
    assertEquals(255, time.of(255));
    assertEquals(257, time.of(1));
  }

  @Test
  void shouldKnowWhichTimesInOrderNeedNoWrap() {
    time.of(100);
    assertTrue(time.holds(90, 200));
    assertTrue(time.holds(100, 228));
    assertFalse(time.holds(100, 229));
    // One by one, the jump from 10 to 200 would be a late time from before a wrap.
    assertFalse(time.holds(10, 200));
  }

  @Test
  void shouldWrapOnlyAfterMoreThanHalfOfTheRange() {
    time.of(200);
    assertEquals(72, time.of(72), "half of the range back");
    assertEquals(200, time.of(200), "half of the range on");
    assertEquals(256 + 71, time.of(71));
    assertEquals(256, time.epoch());
    assertEquals(256 + 199, time.of(199));
    assertEquals(256, time.epoch());
    time.of(50);
    assertEquals(512, time.epoch());
    assertEquals(256 + 179, time.of(179));
    assertEquals(256, time.epoch());
  }

  @Test
  void shouldContinueAfterTimesInOrder() {
    time.of(200);
    time.of(10);
    assertTrue(time.holds(256 + 10, 256 + 138));
    assertFalse(time.holds(256 + 10, 256 + 139));
    assertTrue(time.holds(256 - 118, 256 + 10), "half of the range back");
    assertFalse(time.holds(256 - 119, 256 - 100));
    time.moveTo(256 + 200);
    assertEquals(256 + 100, time.of(100));
    time.moveTo(256 + 200);
    assertEquals(512 + 71, time.of(71));
  }

  @Test
  void shouldBeginAnywhere() {
    assertEquals(255, time.of(255));
  }
}
