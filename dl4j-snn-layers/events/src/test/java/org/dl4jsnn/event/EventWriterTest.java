package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.refused;
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
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dl4jsnn.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventWriterTest {

  /** Formats with a writer in the library, and what their files are made of. */
  enum Written {
    AEDAT_2(RecordFormats::aedat2, 0xFFFF_FFFFL, 128, 128),
    AEDAT_4(null, Long.MAX_VALUE, 32_768, 32_768),
    AEDAT_4_LZ4(null, Long.MAX_VALUE, 32_768, 32_768),
    EVT_3(null, 0xF_FFFF_FFFFL, 2048, 2048),
    N_MNIST(RecordFormats::nMnist, 0x7F_FFFF, 256, 240);

    /** Null if a format can be written in more than one way. */
    private final Function<List<TestEvent>, byte[]> independent;

    private final long longest;
    private final int width;
    private final int height;

    Written(Function<List<TestEvent>, byte[]> independent, long longest, int width, int height) {
      this.independent = independent;
      this.longest = longest;
      this.width = width;
      this.height = height;
    }

    EventWriter open(Path file, SensorSize sensor) throws IOException {
      return switch (this) {
        case AEDAT_2 -> EventWriter.aedat2(file, sensor);
        case AEDAT_4 -> EventWriter.aedat4(file, sensor);
        case AEDAT_4_LZ4 -> EventWriter.aedat4Lz4(file, sensor);
        case EVT_3 -> EventWriter.evt3(file, sensor);
        case N_MNIST -> EventWriter.nMnist(file, sensor);
      };
    }

    EventWriter open(Path file) throws IOException {
      return open(file, TestEvent.SENSOR);
    }

    Path write(Path file, List<TestEvent> events, SensorSize sensor) throws IOException {
      try (EventWriter writer = open(file, sensor)) {
        writer.write(TestEvent.table(sensor, events));
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
    byte[] independent = written.independent.apply(events);
    byte[] header = written.independent.apply(List.of());
    byte[] expected = Arrays.copyOfRange(independent, header.length, independent.length);
    assertArrayEquals(
        expected, Arrays.copyOfRange(bytes, bytes.length - expected.length, bytes.length));
    assertTrue(written == Written.AEDAT_2 || bytes.length == expected.length);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeReadBackExactly(Written written) throws IOException {
    Stream<List<TestEvent>> recordings =
        Stream.concat(
            Stream.of(1, 2, 1000, 40_000).map(count -> TestEvent.random(count, count)),
            LongStream.range(0, 30L * Integer.getInteger("property.factor", 1))
                .mapToObj(TestEvent::paced));
    for (List<TestEvent> events : recordings.toList()) {
      written.write(file(), events, TestEvent.SENSOR);
      assertEquals(
          events, TestEvent.of(EventFiles.read(file(), ReadOptions.defaults().sensor(34, 34))));
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
  void shouldRefuseWhatTheFormatCannotHold(Written written) throws IOException {
    if (written.width < SensorSize.LARGEST) {
      SensorSize larger = new SensorSize(written.width + 1, 34);
      String wide = refused(IllegalArgumentException.class, () -> written.open(file(), larger));
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
    Messages.assertRefused(
        IllegalArgumentException.class, () -> writer.accept(x, y, t, true), expected);
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
    assertMessage(
        IllegalStateException.class,
        file() + " must not be finished or closed yet",
        () -> writer.accept(1, 1, 1, true));
    assertThrows(IllegalStateException.class, writer::finish);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file()), left.toList());
    }
  }

  @Test
  void shouldRefuseAMissingFolder() {
    Path file = folder.resolve("missing").resolve("file");
    assertThrows(NoSuchFileException.class, () -> EventWriter.aedat2(file, TestEvent.SENSOR));
  }

  private static final SensorSize LARGE = new SensorSize(256, 240);

  /** PK, 3, 4, and a line of Prophesee's headers. */
  @Test
  void shouldRefuseFirstEventsThatLookLikeOtherFiles() throws IOException {
    try (EventWriter writer = EventWriter.nMnist(folder.resolve("a.bin"), LARGE)) {
      assertThrows(
          IllegalArgumentException.class, () -> writer.accept(80, 75, 197_700, false), "zip");
      assertThrows(
          IllegalArgumentException.class, () -> writer.accept(37, 32, 2_600, true), "header");
      // Whose line would end with a later event.
      assertThrows(
          IllegalArgumentException.class, () -> writer.accept(37, 32, 12_336, true), "header");
      writer.accept(80, 75, 197_700, true);
      writer.finish();
    }
    ReadOptions sized = ReadOptions.defaults().sensor(256, 240);
    assertEquals(1, EventFiles.read(folder.resolve("a.bin"), sized).size());
  }

  /** 1F 8B 08: only a sensor larger than N-MNIST's can have such an event. */
  @Test
  void shouldRefuseAFirstEventThatLooksLikeACompressedFile() throws IOException {
    try (EventWriter writer = EventWriter.nMnist(folder.resolve("a.bin"), LARGE)) {
      assertMessage(
          IllegalArgumentException.class,
          "the first event must not be (31, 139) OFF at 524288 µs: its bytes begin a gzipped file,"
              + " a zip archive or a text, and the file would be read as one",
          () -> writer.accept(31, 139, 524_288, false));
      writer.accept(31, 138, 524_288, false);
      writer.accept(31, 139, 524_288, false);
      writer.finish();
    }
    EventTable events =
        EventFiles.read(
            folder.resolve("a.bin"),
            ReadOptions.defaults().as(EventFormat.N_MNIST).sensor(256, 240));
    assertEquals(2, events.size());
  }
}
