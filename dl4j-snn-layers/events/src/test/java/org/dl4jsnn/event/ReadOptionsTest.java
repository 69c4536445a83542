package org.dl4jsnn.event;

import static org.dl4jsnn.event.Refusal.assertStarts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {

  @Test
  void shouldChangeOneThingAtATime() {
    ReadOptions options =
        ReadOptions.defaults()
            .keepingTruncated()
            .atMost(5)
            .backward(BackwardTimestamps.KEEP)
            .sensor(34, 30)
            .as(EventFormat.EVT_2);
    assertEquals(
        new ReadOptions(
            true,
            5,
            BackwardTimestamps.KEEP,
            Optional.of(new SensorSize(34, 30)),
            Optional.of(EventFormat.EVT_2)),
        options);
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    ReadOptions options = ReadOptions.defaults();
    assertStarts("maximumEvents must be at least 1, got 0", () -> options.atMost(0));
    assertStarts("width must be from 1 to 32768, got 0", () -> options.sensor(0, 1));
    assertStarts("height must be from 1 to 32768, got 40000", () -> options.sensor(1, 40_000));
    assertStarts("backward must be given, got null", () -> options.backward(null));
    assertStarts("format must be given, got null", () -> options.as(null));
  }
}
