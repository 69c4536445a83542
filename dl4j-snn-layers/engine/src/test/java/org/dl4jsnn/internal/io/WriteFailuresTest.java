package org.dl4jsnn.internal.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The failures of a disk, as Java reports them, on any machine and for any user. */
class WriteFailuresTest {

  @TempDir private Path folder;

  @Test
  void shouldNameTheFileOfAFullDisk() {
    Path file = folder.resolve("model.zip");
    IOException full = new IOException("No space left on device");
    IOException named = WriteFailures.of(file, full);
    assertEquals(file + ": No space left on device", named.getMessage());
    assertSame(full, named.getCause());
  }

  @Test
  void shouldHideTemporaryNames() {
    Path file = folder.resolve("model.zip");
    String aside = UnfinishedFiles.aside(file).toString();
    assertEquals(
        file + ": Is a directory",
        WriteFailures.of(file, new FileSystemException(aside, file.toString(), "Is a directory"))
            .getMessage());
    IOException denied = WriteFailures.of(file, new AccessDeniedException(aside));
    assertInstanceOf(AccessDeniedException.class, denied);
    assertEquals(file.toString(), denied.getMessage());
    assertEquals(
        file + ": no file can be created in its folder",
        WriteFailures.of(file, new NoSuchFileException(aside)).getMessage());
    Path gone = folder.resolve("none").resolve("model.zip");
    assertEquals(
        folder.resolve("none").toString(),
        WriteFailures.of(gone, new NoSuchFileException(aside)).getMessage());
  }

  @Test
  void shouldLeaveAnInterruptAlone() {
    IOException interrupted = new ClosedByInterruptException();
    assertSame(interrupted, WriteFailures.of(folder.resolve("model.zip"), interrupted));
  }
}
