package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {

  @TempDir private Path folder;

  @Test
  void shouldRefuseFilesOfOtherFormats() throws IOException {
    String another = "Possible cause: another kind of file";
    assertRefused(new Bytes().text("a,b,t,p\n1,2,3,1\n").toArray(), another);
    assertRefused(new Bytes().text("zzzz ".repeat(3)).toArray(), another);
    assertRefused(new Bytes().bytes(1, 2, 3).toArray(), another);
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    assertRefused(noise, another);
    assertRefused(new Bytes().text("PK\3\4").toArray(), "a zip archive");
    assertRefused(new Bytes().text("#!AER-DAT4.1\r\n").toArray(), "2.0, 3.1 or 4.0, got 4.1");
    assertRefused(new Bytes().text("#!AER-DAT").toArray(), "must be 2.0, 3.1 or 4.0, got .");
    assertRefused(new Bytes().text("% evt 4.0\n").toArray(), "EVT 2.0, 2.1 or 3.0, or a .dat");
    assertRefused(new Bytes().text("% a comment\nx").toArray(), "got none");
    assertRefused(new Bytes().toArray(), "it must hold events, got an empty file");
  }

  @Test
  void shouldRefuseHeadersThatDoNotEnd() throws IOException {
    assertRefused(new Bytes().text("% evt 2").toArray(), "must end with a line feed");
    assertRefused(
        new Bytes().text("#!AER-DAT2.0" + " ".repeat(70_000)).toArray(), "must be shorter than");
    assertRefused(
        new Bytes().text("#!AER-DAT2.0\n" + "# x\n".repeat(2_000_000)).toArray(),
        "the header must end within");
  }

  private void assertRefused(byte[] bytes, String expected) throws IOException {
    Path file = Files.write(folder.resolve("file.aedat"), bytes);
    Messages.assertRefused(
        EventFormatException.class, () -> EventFiles.read(file), file + " at byte ", expected);
  }

  @Test
  void shouldRefuseAFolderAndMissADeletedFile() {
    Messages.assertRefused(
        EventFormatException.class, () -> EventFiles.read(folder), "it must be a file");
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> EventFiles.read(missing));
  }

  @Test
  void shouldNotSortWhatItReadsInPieces() {
    ReadOptions sort = ReadOptions.defaults().backward(BackwardTimestamps.SORT);
    assertBegins("backward must be REFUSE or KEEP, got SORT", () -> EventFiles.open(folder, sort));
  }

  @Test
  void shouldLetTheFilesSizeWinOverTheOption() throws IOException {
    Path file = WrittenFormat.EVT_2.write(folder, TestEvent.random(1, 5));
    ReadOptions options = ReadOptions.defaults().sensor(640, 480);
    try (EventReader reader = EventFiles.open(file, options)) {
      assertEquals(TestEvent.SENSOR, reader.sensor().orElseThrow());
      assertEquals(
          "the file's sensor of 34 x 34 is used, not the option's of 640 x 480",
          reader.notes().get(0));
    }
  }

  @Test
  void shouldLogWhatItTolerates() throws IOException {
    Path file = Files.write(folder.resolve("f"), new Bytes().bytes(1, 2, 0, 0, 3, 9).toArray());
    try (LogOf log = new LogOf(EventFiles.class)) {
      EventFiles.read(file, ReadOptions.defaults().keepingTruncated());
      assertEquals(
          List.of(file + ": truncated: ends at byte 5 with 1 bytes of an incomplete record"),
          log.messages(Level.WARN));
    }
  }

  @Test
  void shouldReadARecordingWithoutAnEventIfTruncatedOnesAreKept() throws IOException {
    Path file = Files.write(folder.resolve("f"), new Bytes().text("#!AER-DAT2.0\r\n").toArray());
    assertEquals(0, EventFiles.read(file, ReadOptions.defaults().keepingTruncated()).size());
  }
}
