package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventWriterTest {

  /** Formats with a writer in the library, and what their files are made of. */
  enum Written {
    AEDAT_2(new Aedat2Bytes(), 0xFFFF_FFFFL, 128, 128),
    AEDAT_4(null, Long.MAX_VALUE, 32_768, 32_768),
    AEDAT_4_LZ4(null, Long.MAX_VALUE, 32_768, 32_768),
    EVT_3(null, 0xF_FFFF_FFFFL, 2048, 2048),
    N_MNIST(new NMnistBytes(), 0x7F_FFFF, 256, 240);

    /** Null if a format can be written in more than one way. */
    private final RecordingWriter independent;

    private final long longest;
    private final int width;
    private final int height;

    Written(RecordingWriter independent, long longest, int width, int height) {
      this.independent = independent;
      this.longest = longest;
      this.width = width;
      this.height = height;
    }

    EventWriter open(Path file, SensorSize sensor) throws IOException {
      return switch (this) {
        case AEDAT_2 -> new Aedat2Writer(file, sensor);
        case AEDAT_4 -> new Aedat4Writer(file, sensor, Aedat4Writer.Compression.NONE);
        case AEDAT_4_LZ4 -> new Aedat4Writer(file, sensor, Aedat4Writer.Compression.LZ4);
        case EVT_3 -> new Evt3Writer(file, sensor);
        case N_MNIST -> new NMnistWriter(file, sensor);
      };
    }

    EventWriter open(Path file) throws IOException {
      return open(file, TestEvent.SENSOR);
    }

    Path write(Path file, List<TestEvent> events, SensorSize sensor) throws IOException {
      try (EventWriter writer = open(file, sensor)) {
        for (TestEvent event : events) {
          writer.accept(event.x(), event.y(), event.t(), event.on());
        }
        writer.finish();
      }
      return file;
    }
  }

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("recording");
  }

  @ParameterizedTest
  @EnumSource(names = {"AEDAT_2", "N_MNIST"})
  void shouldWriteTheBytesOfTheFormat(Written written) throws IOException {
    List<TestEvent> events = TestEvent.random(1, 5000);
    byte[] bytes = Files.readAllBytes(written.write(file(), events, TestEvent.SENSOR));
    byte[] independent = written.independent.write(events);
    byte[] header = written.independent.write(List.of());
    byte[] expected = Arrays.copyOfRange(independent, header.length, independent.length);
    assertArrayEquals(
        expected, Arrays.copyOfRange(bytes, bytes.length - expected.length, bytes.length));
    assertTrue(written == Written.AEDAT_2 || bytes.length == expected.length);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeReadBackExactly(Written written) throws IOException {
    for (int count : new int[] {1, 2, 1000, 40_000}) {
      List<TestEvent> events = TestEvent.random(count, count);
      written.write(file(), events, TestEvent.SENSOR);
      assertEquals(events, TestEvent.of(EventFiles.read(file())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldTheCornersAndTheLastTime(Written written) throws IOException {
    int right = written.width - 1;
    int bottom = written.height - 1;
    List<TestEvent> events =
        List.of(
            new TestEvent(0, 0, 0, true),
            new TestEvent(right, 0, 1, false),
            new TestEvent(0, bottom, written.longest / 2, true),
            new TestEvent(right, bottom, written.longest, true));
    written.write(file(), events, new SensorSize(written.width, written.height));
    assertEquals(events, TestEvent.of(EventFiles.read(file())));
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteATable(Written written) throws IOException {
    EventTable table = new EventTable("test", TestEvent.SENSOR);
    table.add(3, 4, 5, true);
    table.add(33, 33, 6, false);
    try (EventWriter writer = written.open(file())) {
      writer.write(table);
      writer.finish();
    }
    assertEquals(TestEvent.of(table), TestEvent.of(EventFiles.read(file())));
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseWhatTheFormatCannotHold(Written written) throws IOException {
    if (written.width < SensorSize.LARGEST) {
      SensorSize larger = new SensorSize(written.width + 1, 34);
      String wide =
          assertThrows(IllegalArgumentException.class, () -> written.open(file(), larger))
              .getMessage();
      assertTrue(
          wide.startsWith("the sensor must be at most " + written.width + " x " + written.height),
          wide);
      assertTrue(wide.contains(", got " + larger + ". Possible cause: "), wide);
    }
    try (EventWriter writer = written.open(file())) {
      assertRefused(writer, 34, 0, 0, "(x, y) must be on the sensor of 34 x 34, got (34, 0)");
      assertRefused(writer, 0, -1, 0, "(x, y) must be on the sensor of 34 x 34, got (0, -1)");
      assertRefused(writer, 0, 0, written.longest + 1, ", got " + (written.longest + 1) + ". ");
      assertRefused(writer, 0, 0, -1, ", got -1. ");
      writer.accept(1, 1, 9, true);
      assertRefused(writer, 1, 1, 8, "t must not go backwards, got 8 µs after 9 µs. ");
    }
  }

  private static void assertRefused(EventWriter writer, int x, int y, long t, String expected) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> writer.accept(x, y, t, true))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @EnumSource
  void shouldLeaveNothingUnlessFinished(Written written) throws IOException {
    try (EventWriter writer = written.open(file())) {
      writer.accept(1, 1, 1, true);
      assertFalse(Files.exists(file()));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReplaceAnOldFileWhenFinished(Written written) throws IOException {
    Files.writeString(file(), "old");
    EventWriter writer = written.open(file());
    writer.accept(1, 1, 1, true);
    assertEquals("old", Files.readString(file()));
    writer.finish();
    writer.close();
    writer.close();
    assertEquals(1, EventFiles.read(file()).size());
    String message =
        assertThrows(IllegalStateException.class, () -> writer.accept(1, 1, 1, true)).getMessage();
    assertEquals(file() + " must not be finished or closed yet", message);
    assertThrows(IllegalStateException.class, writer::finish);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file()), left.toList());
    }
  }

  @Test
  void shouldRefuseAMissingFolder() {
    Path file = folder.resolve("missing").resolve("file");
    assertThrows(NoSuchFileException.class, () -> new Aedat2Writer(file, TestEvent.SENSOR));
  }
}
