package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertBegins;
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
    assertBegins("maximumEvents must be at least 1, got 0", () -> options.atMost(0));
    assertBegins("width must be from 1 to 32768, got 0", () -> options.sensor(0, 1));
    assertBegins("height must be from 1 to 32768, got 40000", () -> options.sensor(1, 40_000));
    assertBegins("backward must be given, got null", () -> options.backward(null));
    assertBegins("format must be given, got null", () -> options.as(null));
  }
}
