package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What every format keeps:
 *
 * <ul>
 *   <li>what was written is read, whatever the file is called, whole or in pieces of any size;
 *   <li>a file that ends within a record is refused, or read up to there with a warning;
 *   <li>a file without events is refused;
 *   <li>times that go backwards are refused, kept or sorted, as asked;
 *   <li>no more events are read than asked for, and no more than fit.
 * </ul>
 */
class EventReaderContractTest {

  private static final List<TestEvent> EVENTS = TestEvent.random(1, 1000);
  private static final int PACED = 20 * Integer.getInteger("property.factor", 1);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void shouldReadWhatWasWritten(WrittenFormat written) throws IOException {
    for (int count : new int[] {1, 2, 30, 1000, 40_000}) {
      List<TestEvent> events = TestEvent.random(count, count);
      EventTable table = EventFiles.read(written.write(folder, events), written.options());
      assertEquals(events, TestEvent.of(table));
      assertEquals(written.sensor, table.sensor());
      assertEquals(written.format.toString(), table.format());
      assertEquals(events.stream().filter(TestEvent::on).count(), table.onEvents());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadTheSameInPieces(WrittenFormat written) throws IOException {
    Path file = written.write(folder, EVENTS);
    for (int maximum : new int[] {1, 2, 7, 500, 999, 1000, 1001}) {
      try (EventReader reader = EventFiles.open(file, written.options())) {
        assertEquals(written.format, reader.format());
        assertEquals(written.sensor, reader.sensor().orElseThrow());
        List<TestEvent> events = new ArrayList<>();
        EventTable batch = reader.next(maximum);
        while (batch.size() > 0) {
          assertTrue(batch.size() == maximum || events.size() + batch.size() == EVENTS.size());
          events.addAll(TestEvent.of(batch));
          batch = reader.next(maximum);
        }
        assertEquals(EVENTS, events);
        assertEquals(List.of(), reader.warnings());
        assertEquals(0, reader.next(maximum).size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadTimesThatAdvanceByUnitsOfFormats(WrittenFormat written) throws IOException {
    for (int seed = 0; seed < PACED; seed++) {
      List<TestEvent> events = TestEvent.paced(seed);
      Path file = written.write(folder, events);
      assertEquals(events, TestEvent.of(EventFiles.read(file, written.options())), "" + seed);
      int piece = 1 + new Random(seed).nextInt(events.size());
      List<TestEvent> read = new ArrayList<>();
      try (EventReader reader = EventFiles.open(file, written.options())) {
        for (EventTable next = reader.next(piece); next.size() > 0; next = reader.next(piece)) {
          read.addAll(TestEvent.of(next));
        }
      }
      assertEquals(events, read, "" + seed);
    }
  }

  // HDF5 has no last record; Hdf5DecoderTest cuts its files.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HDF5")
  void shouldRefuseAFileThatEndsWithinARecord(WrittenFormat written) throws IOException {
    byte[] whole = written.bytes(EVENTS);
    Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1));
    EventFormatException failure =
        assertThrows(EventFormatException.class, () -> EventFiles.read(file, written.options()));
    assertEquals(file.toString(), failure.file());
    assertTrue(
        failure.offset() < whole.length
            && failure.offset() >= whole.length - written.longestRecord(),
        failure.getMessage());
    assertTrue(
        failure
            .getMessage()
            .startsWith(
                file
                    + " at byte "
                    + failure.offset()
                    + ": the file must end with a whole record, got "),
        failure.getMessage());
    try (EventReader reader = EventFiles.open(file, written.options())) {
      EventFormatException first =
          assertThrows(EventFormatException.class, () -> reader.next(2000));
      assertSame(first, assertThrows(EventFormatException.class, () -> reader.next(1)));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HDF5")
  void shouldKeepWhatIsBeforeABrokenEnd(WrittenFormat written) throws IOException {
    byte[] whole = written.bytes(EVENTS);
    Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1));
    ReadOptions options = written.options().keepingTruncated();
    List<TestEvent> events = TestEvent.of(EventFiles.read(file, options));
    assertTrue(events.size() >= EVENTS.size() - 12 && events.size() < EVENTS.size());
    assertEquals(EVENTS.subList(0, events.size()), events);
    try (EventReader reader = EventFiles.open(file, options)) {
      reader.next(2000);
      String warning = reader.warnings().get(0);
      assertTrue(warning.startsWith("truncated: ends at byte "), warning);
    }
  }

  // The library that writes HDF5 writes no columns without rows; Hdf5DecoderTest has one.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HDF5")
  void shouldRefuseAFileWithoutEvents(WrittenFormat written) throws IOException {
    Path file = written.write(folder, List.of());
    EventFormatException failure =
        assertThrows(EventFormatException.class, () -> EventFiles.read(file, written.options()));
    assertEquals(Files.size(file), failure.offset());
    assertTrue(failure.getMessage().contains("it must hold events, got "), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void shouldTreatTimesThatGoBackwardsAsAsked(WrittenFormat written) throws IOException {
    List<TestEvent> events = new ArrayList<>(EVENTS);
    // A part that was recorded earlier comes later.
    events.addAll(events.subList(200, 300));
    Path file = written.write(folder, events);
    ReadOptions options = written.options().as(written.format);

    assertRefused(
        EventFormatException.class,
        () -> EventFiles.read(file, options),
        "t must not go backwards, got " + EVENTS.get(200).t());

    ReadOptions keep = options.backward(BackwardTimestamps.KEEP);
    assertEquals(events, TestEvent.of(EventFiles.read(file, keep)));
    try (EventReader reader = EventFiles.open(file, keep)) {
      reader.next(2000);
      assertEquals(100, reader.backwardEvents());
      long furthest = EVENTS.get(999).t() - EVENTS.get(200).t();
      assertEquals(
          List.of("100 events go backwards in time, by " + furthest + " µs at most"),
          reader.warnings());
    }

    events.sort(Comparator.comparingLong(TestEvent::t));
    EventTable sorted = EventFiles.read(file, options.backward(BackwardTimestamps.SORT));
    assertEquals(events, TestEvent.of(sorted));
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadNoMoreThanAskedFor(WrittenFormat written) throws IOException {
    Path file = written.write(folder, EVENTS);
    ReadOptions options = written.options().atMost(321);
    assertEquals(EVENTS.subList(0, 321), TestEvent.of(EventFiles.read(file, options)));
    try (EventReader reader = EventFiles.open(file, options)) {
      assertEquals(300, reader.next(300).size());
      assertEquals(21, reader.next(300).size());
      assertEquals(0, reader.next(300).size());
      String warning = reader.warnings().get(0);
      assertTrue(warning.startsWith("stopped after 321 events, as asked, at byte "), warning);
    }
    ReadOptions all = written.options().atMost(1000);
    assertEquals(EVENTS, TestEvent.of(EventFiles.read(file, all)));
    try (EventReader reader = EventFiles.open(file, all)) {
      reader.next(1000);
      assertEquals(List.of(), reader.warnings());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseMoreThanFits(WrittenFormat written) throws IOException {
    Path file = written.write(folder, EVENTS);
    assertEquals(1000, EventFiles.read(file, written.options(), 1000).size());
    for (int fitting : new int[] {1, 500, 999}) {
      assertRefused(
          EventFormatException.class,
          () -> EventFiles.read(file, written.options(), fitting),
          "the events must fit into half of the heap, " + fitting + " here");
      assertEquals(
          fitting, EventFiles.read(file, written.options().atMost(fitting), fitting).size());
    }
  }
}
