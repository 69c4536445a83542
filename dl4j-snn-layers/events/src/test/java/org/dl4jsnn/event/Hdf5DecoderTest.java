package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.dl4jsnn.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts of programs and data sets, in files that h5py wrote. */
class Hdf5DecoderTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "like-dsec.h5, ",
    "like-m3ed.h5, 34 x 30",
    "like-e2vid.h5, 34 x 30",
    "like-metavision.h5, 34 x 30",
    "like-v2e.h5, ",
    "minus-one.h5, ",
    "many-resolutions.h5, "
  })
  void shouldReadTheLayoutsOfOthers(String name, String sensor) throws IOException {
    Path file = MadeEvents.copy(folder, name);
    MadeEvents.assertAre(EventFiles.read(file));
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
      assertEquals(Optional.ofNullable(sensor), reader.sensor().map(SensorSize::toString));
      assertEquals(EventFormat.HDF5, reader.format());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ecf.h5|must be uncompressed or compressed by gzip, got ECF, Prophesee's own (filter 36559)",
        "unequal.h5|x must have as many rows as t, 5, got 4",
        "two-gigabytes.h5|/events/t t must have at most 2 GiB in one piece, 268435455 rows, got 280000000",
        "many-rows.h5|/events/p p must have at most 2147483647 rows in chunks, got 3000000000",
        "many-chunks.h5|/events/p p must have fewer chunks than the file has bytes",
        "other.h5|it must have the columns x, y, t and p in one of [CD/events, events,",
        "no-events.h5|it must hold events, got none"
      })
  void shouldSayWhyItRefusesAFile(String name, String expected) throws IOException {
    assertRefused(MadeEvents.copy(folder, name), expected);
  }

  /** Rows are read in blocks; the end of one is not the end of the recording. */
  @Test
  void shouldNotEndWithABlockOfRows() throws IOException {
    int block = 1 << 14;
    List<TestEvent> events = new ArrayList<>();
    for (int i = 0; i <= block; i++) {
      events.add(new TestEvent(i % 34, i % 30, 4321 + i, i % 2 == 0));
    }
    Path file = Files.write(folder.resolve("long.h5"), Hdf5Bytes.write(events));
    Messages.assertRefused(
        EventFormatException.class,
        () -> EventFiles.read(file, ReadOptions.defaults(), block),
        "must fit into half of the heap, 16384");
    assertEquals(block + 1, EventFiles.read(file, ReadOptions.defaults(), block + 1).size());
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults().atMost(block))) {
      assertEquals(block, reader.next(2 * block).size());
      assertEquals(0, reader.next(1).size());
      assertTrue(reader.warnings().toString().contains("stopped after 16384 events, as asked"));
    }
  }

  private static void assertRefused(Path file, String expected) {
    Messages.assertRefused(
        EventFormatException.class,
        () -> EventFiles.read(file),
        file + " at byte ",
        expected,
        "Possible cause: ");
  }

  @Test
  void shouldRefuseAFileThatIsCut() throws IOException {
    byte[] whole = Files.readAllBytes(MadeEvents.copy(folder, "like-dsec.h5"));
    for (int length : new int[] {8, 50, 1000, whole.length - 1}) {
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      EventFormatException failure =
          assertThrows(EventFormatException.class, () -> EventFiles.read(file));
      assertEquals(length < 50 ? 0 : length, failure.offset(), failure.getMessage());
    }
  }

  @Test
  void shouldRefuseAFileThatIsGzippedAsAWhole() throws IOException {
    byte[] whole = Files.readAllBytes(MadeEvents.copy(folder, "like-dsec.h5"));
    Path file = folder.resolve("packed.h5.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(whole);
    }
    assertRefused(file, "an HDF5 file must not be compressed by gzip as a whole");
  }

  @Test
  void shouldRefuseAnInvalidTimeWhateverTheOffset() {
    int[] one = {1};
    for (double time : new double[] {Double.NaN, -1, 1e30}) {
      for (long offset : new long[] {-5, 5, Long.MIN_VALUE}) {
        Path file = columns(offset, new double[] {time}, one, one, one);
        assertRefused(file, "t must be from 0 to 2^63 - 1");
      }
    }
  }

  /** A file with a group of columns, each of a type of its own. */
  private Path columns(long offset, Object t, Object x, Object y, Object p) {
    Path file = folder.resolve("columns.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("t_offset", new long[] {offset});
      WritableGroup group = hdf.putGroup("events");
      group.putDataset("t", t);
      group.putDataset("x", x);
      group.putDataset("y", y);
      group.putDataset("p", p);
    }
    return file;
  }

  @Test
  void shouldAddTheOffsetToTimes() throws IOException {
    int[] one = {1};
    Path file = columns(Long.MAX_VALUE - 5, new long[] {5}, one, one, one);
    assertEquals(
        List.of(new TestEvent(1, 1, Long.MAX_VALUE, true)), TestEvent.of(EventFiles.read(file)));
    assertRefused(
        columns(Long.MAX_VALUE - 5, new long[] {6}, one, one, one), "t must be from 0 to 2^63 - 1");
  }

  @Test
  void shouldSayInWhichRowAPolarityIsWrong() {
    int rows = 100_000;
    int[] polarities = new int[rows];
    polarities[rows - 7] = 3;
    int[] zeros = new int[rows];
    assertRefused(
        columns(0, new long[rows], zeros, zeros, polarities),
        "p must be 0 or 1, or -1 or 1, in row " + (rows - 7) + ". Possible cause");
  }

  @Test
  void shouldRefuseEventsOffEverySensor() {
    int[] zeros = {0, 0};
    for (int side : new int[] {-1, 32_768, 70_000}) {
      assertRefused(
          columns(0, new long[2], new int[] {5, side}, zeros, zeros),
          "(x, y) must be on the sensor of 32768 x 32768, got (" + side + ", 0)");
      assertRefused(
          columns(0, new long[2], zeros, new int[] {5, side}, zeros),
          "(x, y) must be on the sensor of 32768 x 32768, got (0, " + side + ")");
    }
  }

  @Test
  void shouldRefuseFractionsOfPixelsAndOtherTables() {
    int[] one = {1};
    assertRefused(
        columns(0, new long[1], new double[] {0.5}, one, one),
        "x must be whole numbers, got floating-point numbers");
    Path file = folder.resolve("three.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("events", new long[][] {{1, 2, 3}});
    }
    assertRefused(file, "it must have the columns x, y, t and p");
  }

  /** Version 1 has four bytes more than version 0 in front of its addresses. */
  @Test
  void shouldFindTheEndInAnOlderSuperblock() throws IOException {
    ByteBuffer old = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    old.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n', 1});
    old.put(13, (byte) 8).put(14, (byte) 8);
    old.putLong(28, 0).putLong(36, -1).putLong(44, 4096).putLong(52, -1);
    Path file = Files.write(folder.resolve("old.h5"), old.array());
    String message = refused(EventFormatException.class, () -> EventFiles.read(file));
    assertFalse(message.contains("truncated file"), message);
    old.putLong(44, 5000);
    Files.write(file, old.array());
    assertRefused(file, "got the end before byte 5000");
  }
}
