package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first bytes of a file or a stream say about its format, where formats come close. */
class FormatRecognitionTest {

  @TempDir private Path folder;

  /** Old files have the one line or the other; any other comment is of another file. */
  @Test
  void shouldTakeADatFileByEitherLine() throws IOException {
    assertEquals(
        List.of(new TestEvent(3, 5, 9, false)),
        Recorded.in(folder, new Bytes().text("% Version 2\n").bytes(0, 8).little32(9, 5 << 14 | 3))
            .events());
    Recorded.in(folder, new Bytes().text("% Data file containing CD events\n").bytes(14, 8))
        .assertRefusedFor("", "a .dat file must be 2, got none");
    Recorded.in(folder, new Bytes().text("% Data of a thesis\n").bytes(0, 8))
        .assertRefused(0, "the header of a Prophesee file must name EVT 2.0, 2.1 or 3.0");
  }

  @Test
  void shouldTellTimesOfNMnistThatRiseFromTimesThatFall() throws IOException {
    // The upper seven bits are above those of the second and third byte.
    assertEquals(
        List.of(new TestEvent(1, 2, 0xFFFF, true), new TestEvent(1, 2, 0x10000, true)),
        Recorded.in(folder, new Bytes().bytes(1, 2, 0x80, 0xFF, 0xFF, 1, 2, 0x81, 0, 0)).events());
    Recorded.in(folder, new Bytes().bytes(1, 2, 0x81, 0, 0, 1, 2, 0x80, 0xFF, 0xFF))
        .assertRefusedFor("", "Possible cause: another kind of file");
    // A last byte of 0 is there.
    assertEquals(
        List.of(new TestEvent(1, 2, 0, true)),
        Recorded.in(folder, new Bytes().bytes(1, 2, 0x80, 0, 0)).events());
  }

  @Test
  void shouldNameJustTheVersionOfAnAedatFile() throws IOException {
    Recorded.in(folder, new Bytes().text("#!AER-DAT9.9z\r\n"))
        .assertRefusedFor("the version of an AEDAT file must be", "got 9.9. Possible cause");
  }

  @Test
  void shouldReadAStreamAsTheFormatThatIsNamed() throws IOException {
    ReadOptions asEvt2 = ReadOptions.defaults().as(EventFormat.EVT_2);
    byte[] evt2 = new Bytes().little32(8L << 28 | 1, 1L << 28 | 2 << 22 | 3 << 11 | 4).toArray();
    try (EventReader reader = open(evt2, asEvt2)) {
      assertEquals(List.of(new TestEvent(3, 4, 66, true)), TestEvent.of(reader.next(5)));
    }
    String message =
        refused(
            IllegalArgumentException.class,
            () -> open(evt2, ReadOptions.defaults().as(EventFormat.TEXT)));
    assertTrue(message.startsWith("the format of a stream must be one of ["), message);
    assertTrue(message.endsWith(", got text"), message);
  }

  @Test
  void shouldTellAnEmptyStreamFromAnother() {
    assertRefused("it must hold events, got an empty stream");
    assertRefused("a stream must begin with the header of EVT 2.0, 2.1 or 3.0, or of AEDAT 4", 0);
  }

  private void assertRefused(String expected, int... bytes) {
    byte[] content = new Bytes().bytes(bytes).toArray();
    Messages.assertRefused(
        EventFormatException.class, () -> open(content, ReadOptions.defaults()), expected);
  }

  @Test
  void shouldNotSortAStream() {
    ReadOptions sort = ReadOptions.defaults().backward(BackwardTimestamps.SORT);
    InputStream stream = new ByteArrayInputStream(new byte[8]);
    assertBegins(
        "backward must be REFUSE or KEEP, got SORT",
        () -> EventFiles.open(stream, Path.of("camera"), sort));
  }

  private static EventReader open(byte[] bytes, ReadOptions options) throws IOException {
    return EventFiles.open(new ByteArrayInputStream(bytes), Path.of("camera"), options);
  }
}
