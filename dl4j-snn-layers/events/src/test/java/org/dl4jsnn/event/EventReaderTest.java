package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {

  private static final Path CAMERA = Path.of("camera");
  private static final ReadOptions STRICT = ReadOptions.defaults();
  private static final ReadOptions LENIENT = STRICT.keepingTruncated();

  /** Words of EVT 2.0: a time of 64 µs, events at 65 and 66 µs, and a word of no type. */
  private static final int HIGH = 0x80000001;

  private static final int FIRST = 0x10000000 | 1 << 22 | 5 << 11 | 6;
  private static final int SECOND = 2 << 22 | 7 << 11 | 8;
  private static final int DAMAGE = 0x30000000;

  private static final List<TestEvent> BOTH =
      List.of(new TestEvent(5, 6, 65, true), new TestEvent(7, 8, 66, false));

  @TempDir private Path folder;

  private static Bytes evt2(int... words) {
    Bytes bytes = new Bytes().text("% evt 2.0\n% geometry 34x30\n% end\n");
    for (int word : words) {
      bytes.little32(Integer.toUnsignedLong(word));
    }
    return bytes;
  }

  private static int length(int words) {
    return evt2().toArray().length + 4 * words;
  }

  /** Bytes that come in pieces; the first pieces are given. */
  private static InputStream pieces(byte[] bytes, int... lengths) {
    return new InPieces(bytes, next -> next < lengths.length ? lengths[next] : bytes.length);
  }

  private EventReader file(byte[] bytes, ReadOptions options) throws IOException {
    return EventFiles.open(Files.write(folder.resolve("recording"), bytes), options);
  }

  @Test
  void shouldReturnWhatHasArrivedWithoutWaitingForMore() throws IOException {
    byte[] bytes = evt2(HIGH, FIRST, SECOND, SECOND).toArray();
    // The second event is cut.
    InputStream stream = pieces(bytes, length(2) + 2, 2 + 4);
    try (EventReader reader = EventFiles.open(stream, CAMERA, STRICT)) {
      assertEquals(BOTH.subList(0, 1), TestEvent.of(reader.nextArrived(10)));
      assertTrue(reader.hasMore());
      assertEquals(
          List.of(BOTH.get(1), BOTH.get(1)), TestEvent.of(reader.nextArrived(10)), "all that came");
      assertEquals(0, reader.nextArrived(10).size());
      assertFalse(reader.hasMore());
      assertEquals(List.of(), reader.warnings());
    }
  }

  @Test
  void shouldReturnNoMoreOfWhatHasArrivedThanAskedFor() throws IOException {
    byte[] bytes = evt2(HIGH, FIRST, SECOND).toArray();
    try (EventReader reader = EventFiles.open(pieces(bytes), CAMERA, STRICT)) {
      assertEquals(BOTH.subList(0, 1), TestEvent.of(reader.nextArrived(1)));
      assertEquals(BOTH.subList(1, 2), TestEvent.of(reader.nextArrived(1)));
      assertEquals(0, reader.nextArrived(1).size());
    }
  }

  @Test
  void shouldReturnWhatCameBeforeDamageThenRefuse() throws IOException {
    byte[] bytes = evt2(HIGH, FIRST, DAMAGE).toArray();
    try (EventReader reader = EventFiles.open(pieces(bytes), CAMERA, STRICT)) {
      assertEquals(BOTH.subList(0, 1), TestEvent.of(reader.nextArrived(10)));
      EventFormatException failure =
          assertThrows(EventFormatException.class, () -> reader.nextArrived(10));
      assertEquals(length(2), failure.offset());
      assertSame(failure, assertThrows(EventFormatException.class, () -> reader.next(10)));
    }
    byte[] damaged = evt2(HIGH, DAMAGE).toArray();
    try (EventReader reader = EventFiles.open(pieces(damaged), CAMERA, STRICT)) {
      assertThrows(EventFormatException.class, () -> reader.nextArrived(10));
    }
    try (EventReader reader = EventFiles.open(pieces(bytes), CAMERA, STRICT)) {
      assertThrows(EventFormatException.class, () -> reader.next(10));
    }
  }

  @Test
  void shouldReturnOnePacketThatHasArrived() throws IOException {
    List<TestEvent> events = TestEvent.random(6, 500);
    byte[] bytes = WrittenFormat.AEDAT_4.bytes(events);
    List<TestEvent> read = new ArrayList<>();
    int packets = 0;
    try (EventReader reader = EventFiles.open(pieces(bytes), CAMERA, STRICT)) {
      EventTable packet = reader.nextArrived(1000);
      while (packet.size() > 0) {
        read.addAll(TestEvent.of(packet));
        packets++;
        packet = reader.nextArrived(1000);
      }
    }
    assertEquals(events, read);
    assertTrue(packets > 1, "all at once");
  }

  @Test
  void shouldRefuseToReturnNoEvents() throws IOException {
    try (EventReader reader = file(evt2(HIGH, FIRST).toArray(), STRICT)) {
      for (int maximum : new int[] {0, -1}) {
        String rule = "maximum must be a whole number of at least 1, got " + maximum;
        assertBegins(rule, () -> reader.next(maximum));
        assertBegins(rule, () -> reader.nextArrived(maximum));
      }
      assertEquals(1, reader.next(1).size(), "nothing is lost");
    }
  }

  @Test
  void shouldNameTheByteWhereItStoppedAsAsked() throws IOException {
    byte[] bytes = evt2(HIGH, FIRST, SECOND).toArray();
    try (EventReader reader = file(bytes, STRICT.atMost(1))) {
      assertEquals(List.of(), reader.warnings(), "before it has read");
      assertTrue(reader.hasMore());
      assertEquals(1, reader.next(5).size());
      assertEquals(
          List.of("stopped after 1 events, as asked, at byte " + length(2)), reader.warnings());
    }
    try (EventReader reader = file(bytes, STRICT.atMost(2))) {
      assertEquals(2, reader.next(5).size());
      assertEquals(List.of(), reader.warnings());
    }
  }

  @Test
  void shouldSayHowATruncatedFileEnds() throws IOException {
    byte[] bytes = Arrays.copyOf(evt2(HIGH, FIRST, SECOND).toArray(), length(2) + 3);
    try (EventReader reader = file(bytes, STRICT)) {
      String message = refused(EventFormatException.class, () -> reader.next(10));
      assertTrue(
          message.endsWith(
              " at byte "
                  + length(2)
                  + ": the file must end with a whole record, got 3 bytes of an incomplete record."
                  + " Possible cause: a truncated file; ReadOptions.keepingTruncated reads the"
                  + " intact part"),
          message);
    }
    try (EventReader reader = file(bytes, LENIENT)) {
      assertEquals(BOTH.subList(0, 1), TestEvent.of(reader.next(10)));
      assertEquals(
          List.of("truncated: ends at byte " + length(2) + " with 3 bytes of an incomplete record"),
          reader.warnings());
      assertFalse(reader.hasMore());
      assertEquals(0, reader.next(10).size());
      assertEquals(1, reader.warnings().size(), "once");
    }
    try (EventReader reader = file(Arrays.copyOf(bytes, length(0) + 2), LENIENT)) {
      assertEquals(0, reader.next(10).size());
      assertEquals(
          List.of(
              "truncated: ends at byte " + length(0) + " with 2 bytes of an incomplete record",
              "no events"),
          reader.warnings());
    }
  }

  @Test
  void shouldRefuseAFileThatHoldsOtherThingsOnly() throws IOException {
    try (EventReader reader = file(evt2(HIGH).toArray(), STRICT)) {
      assertRefused(
          EventFormatException.class,
          () -> reader.next(10),
          " at byte " + length(1) + ": it must hold events, got none. ");
    }
  }

  @Test
  void shouldNoteWhichSensorIsUsed() throws IOException {
    byte[] bytes = evt2(HIGH, FIRST).toArray();
    assertNotes(bytes, STRICT);
    assertNotes(bytes, STRICT.sensor(34, 30));
    assertNotes(
        bytes,
        STRICT.sensor(30, 34),
        "the file's sensor of 34 x 30 is used, not the option's of 30 x 34");
    byte[] nMnist = new Bytes().bytes(1, 2, 0, 0, 3).toArray();
    assertNotes(
        nMnist,
        STRICT,
        "the file states no sensor size; the smallest that holds the events is used");
    assertNotes(nMnist, STRICT.sensor(34, 34));
    try (EventReader reader = file(nMnist, STRICT)) {
      assertEquals(new SensorSize(2, 3), reader.next(1).sensor());
    }
  }

  private void assertNotes(byte[] bytes, ReadOptions options, String... notes) throws IOException {
    try (EventReader reader = file(bytes, options)) {
      assertEquals(List.of(notes), reader.notes());
    }
  }

  @Test
  void shouldCloseAStreamThatItCannotRead() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream(new byte[100]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThrows(EventFormatException.class, () -> EventFiles.open(stream, CAMERA, STRICT));
    assertTrue(closed.get());
  }
}
