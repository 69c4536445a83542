package org.dl4jsnn.internal.io;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.monitor.health.HealthRows;
import org.dl4jsnn.plot.EpochTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizedFilesTest {

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(SizedFiles.TEXT_PROPERTY);
    System.clearProperty(SizedFiles.DATA_PROPERTY);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  @Test
  void shouldReadLinesAsJavaDoes() throws IOException {
    for (String text : List.of("", "\n", "a", "a\n", "a\r\nb\rc\n\nd", "ä„\n")) {
      assertEquals(Files.readAllLines(file(text)), SizedFiles.lines(file(text)));
    }
  }

  @Test
  void shouldReadAFileOfJustTheLimit() throws IOException {
    Path file = file("12345678");
    assertArrayEquals(Files.readAllBytes(file), SizedFiles.bytes(file, 8, "p"));
    assertThrows(IOException.class, () -> SizedFiles.bytes(file, 7, "p"));
  }

  @Test
  void shouldNameFileSizeLimitAndWhatRaisesIt() throws IOException {
    System.setProperty(SizedFiles.TEXT_PROPERTY, "100");
    Path file = file("x".repeat(200));
    for (var reading :
        List.<Executable>of(
            () -> SizedFiles.lines(file),
            () -> HealthRows.read(file),
            () -> EpochTable.read(file))) {
      assertMessage(
          IOException.class,
          file
              + " must have at most 100 bytes, got 200 or more; if intended, raise the"
              + " limit with -Dorg.dl4jsnn.limit.text=BYTES",
          reading);
    }
  }

  @Test
  void shouldRefuseMoreLinesThanSuchAFileHas() throws IOException {
    System.setProperty(SizedFiles.TEXT_PROPERTY, "1600");
    assertEquals(100, SizedFiles.lines(file("\n".repeat(100))).size());
    Path file = file("\n".repeat(101));
    assertRefused(IOException.class, () -> SizedFiles.lines(file), "at most 100 lines, got 101");
  }

  @Test
  void shouldCountLinesOfWindowsOnce() throws IOException {
    System.setProperty(SizedFiles.TEXT_PROPERTY, "1600");
    assertEquals(100, SizedFiles.lines(file("\r\n".repeat(100))).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4G", "0", "-5", ""})
  void shouldRefuseALimitThatIsNoNumberOfBytes(String limit) {
    System.setProperty(SizedFiles.DATA_PROPERTY, limit);
    assertMessage(
        "org.dl4jsnn.limit.data must be a whole number of bytes above 0, got '" + limit + "'",
        () -> SizedFiles.data(file("text")));
  }

  @Test
  void shouldRefuseFilesThatAreNotText() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertBegins(
        IOException.class,
        file + " must be a text in UTF-8, got other bytes",
        () -> SizedFiles.lines(file));
  }

  @Test
  void shouldRefuseSizesThatAHeaderClaims() throws IOException {
    System.setProperty(SizedFiles.DATA_PROPERTY, "100000");
    SizedFiles.requireData("a.gz", 100_000, "[100000]");
    assertBegins(
        IOException.class,
        "a.gz must have at most 100000 bytes, got 100001 by its header [100001]. Possible",
        () -> SizedFiles.requireData("a.gz", 100_001, "[100001]"));
    System.setProperty(SizedFiles.DATA_PROPERTY, "10000000000");
    assertMessage(
        IOException.class,
        "a.gz must have at most 2147483639 bytes (what an array of Java holds), got 3000000000 by"
            + " its header [3, 1000000000]. Possible cause: a damaged file",
        () -> SizedFiles.requireData("a.gz", 3_000_000_000L, "[3, 1000000000]"));
  }
}
