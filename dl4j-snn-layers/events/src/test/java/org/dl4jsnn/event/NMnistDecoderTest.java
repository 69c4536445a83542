package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NMnistDecoderTest {

  @TempDir private Path folder;

  private Recorded recorded(int... bytes) throws IOException {
    return Recorded.in(folder, new Bytes().bytes(bytes));
  }

  @Test
  void shouldMapEventsToTheConvention() throws IOException {
    assertEquals(
        List.of(new TestEvent(33, 2, 0x010203, false), new TestEvent(0, 31, 0x7FFFFF, true)),
        recorded(33, 2, 1, 2, 3, 0, 31, 255, 255, 255).events());
  }

  @Test
  void shouldAddTheCountersRangeAtRow240() throws IOException {
    Recorded recorded = recorded(1, 1, 0, 31, 0, 0, 240, 0, 0, 0, 2, 2, 0, 0, 5);
    assertEquals(
        List.of(new TestEvent(1, 1, 31 * 256, false), new TestEvent(2, 2, 8192 + 5, false)),
        recorded.events());
  }

  @Test
  void shouldBeRecognisedThoughItBeginsLikeAnotherFormat() throws IOException {
    // "% " as x and y; "PK" as well.
    assertEquals(37, recorded(37, 32, 0, 0, 1).table().x(0));
    assertEquals('P', recorded('P', 'K', 0, 0, 1).table().x(0));
  }

  @Test
  void shouldRefuseEventsOffTheSensorThatIsAskedFor() throws IOException {
    Path file = recorded(1, 1, 0, 0, 0, 34, 1, 0, 0, 1).file();
    String message =
        Refusal.of(
            EventFormatException.class,
            () -> EventFiles.read(file, ReadOptions.defaults().sensor(34, 34)));
    assertTrue(
        message.startsWith(
            file + " at byte 5: (x, y) must be on the sensor of 34 x 34, got (34, 1)"),
        message);
  }

  @Test
  void shouldNotBeRecognisedByTimesThatFallUnlessNamed() throws IOException {
    Recorded recorded = recorded(1, 1, 0, 0, 9, 2, 2, 0, 0, 3);
    recorded.assertRefused(0, "it must be a recording in AEDAT 2.0, ");
    ReadOptions options =
        ReadOptions.defaults().as(EventFormat.N_MNIST).backward(BackwardTimestamps.SORT);
    assertEquals(
        List.of(new TestEvent(2, 2, 3, false), new TestEvent(1, 1, 9, false)),
        TestEvent.of(EventFiles.read(recorded.file(), options)));
  }
}
