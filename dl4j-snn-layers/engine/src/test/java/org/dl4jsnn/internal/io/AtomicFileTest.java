package org.dl4jsnn.internal.io;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AtomicFileTest {

  @TempDir private Path folder;

  static AtomicFile.Writer text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource
  void shouldKeepTheOldFileIfWritingFails(Exception failure) throws IOException {
    Path file = folder.resolve("new folder").resolve("a.zip");
    AtomicFile.replace(file, text("old"));
    assertSame(
        failure, assertThrows(Exception.class, () -> AtomicFile.replace(file, failing(failure))));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.zip"), names(file.getParent()));
  }

  static List<Exception> shouldKeepTheOldFileIfWritingFails() {
    return List.of(new IOException("disk full"), new IllegalStateException("a defect"));
  }

  static AtomicFile.Writer failing(Exception failure) {
    return out -> {
      out.write(new byte[1 << 20]);
      if (failure instanceof IOException e) {
        throw e;
      }
      throw (RuntimeException) failure;
    };
  }

  /** Interrupts its thread where it writes first. */
  static AtomicFile.Writer interrupting(String text) {
    boolean[] done = {false};
    return out -> {
      if (!done[0]) {
        done[0] = true;
        Thread.currentThread().interrupt();
      }
      out.write(text.getBytes(StandardCharsets.UTF_8));
    };
  }

  @Test
  void shouldWriteThoughItsThreadIsInterrupted() throws IOException {
    Path file = folder.resolve("a.txt");
    Thread.currentThread().interrupt();
    AtomicFile.replace(file, text("interrupted before"));
    assertTrue(Thread.interrupted());
    assertEquals("interrupted before", Files.readString(file));

    AtomicFile.replace(file, interrupting("interrupted meanwhile"));
    assertTrue(Thread.interrupted());
    assertEquals("interrupted meanwhile", Files.readString(file));
    assertEquals(List.of("a.txt"), names(folder));
  }

  @Test
  void shouldShowTheOldFileUntilTheNewOneIsFinished() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "old");
    try (AtomicFile atomic = new AtomicFile(file)) {
      atomic.out().write(new byte[1 << 20]);
      assertEquals("old", Files.readString(file));
      atomic.finish();
      assertThrows(IllegalStateException.class, atomic::out);
      assertThrows(IllegalStateException.class, atomic::finish);
    }
    assertArrayEquals(new byte[1 << 20], Files.readAllBytes(file));
    assertEquals(List.of("a.csv"), names(folder));
  }

  @Test
  void shouldWriteWhatAWriterThatClosesItsStreamHasWritten() throws IOException {
    Path file = folder.resolve("a.csv");
    AtomicFile.replace(
        file,
        out -> {
          out.write('a');
          out.close();
        });
    assertEquals("a", Files.readString(file));
  }

  @Test
  void shouldLeaveNothingIfItsPlaceIsAFolder() throws IOException {
    Path file = folder.resolve("a.zip");
    Files.createDirectories(file.resolve("inside"));
    assertThrows(IOException.class, () -> AtomicFile.replace(file, text("new")));
    assertEquals(List.of("a.zip"), names(folder));
    assertTrue(Files.isDirectory(file.resolve("inside")));
  }

  @Test
  void shouldWriteToTheGivenPlaceUntilComplete() throws IOException {
    Path aside = folder.resolve("a.part");
    try (AtomicFile atomic = AtomicFile.unsynced(folder.resolve("a"), aside)) {
      atomic.out().write('a');
      assertEquals(List.of("a.part"), names(folder));
      atomic.finish();
    }
    assertEquals("a", Files.readString(folder.resolve("a")));
    assertEquals(List.of("a"), names(folder));
  }

  @Test
  void shouldNameTheFileAndNotItsTemporaryName() throws IOException {
    Path file = folder.resolve("a.zip");
    Path aside = Files.createDirectory(UnfinishedFiles.aside(file));
    IOException failure =
        assertThrows(IOException.class, () -> AtomicFile.replace(file, text("new")));
    assertTrue(failure.getMessage().startsWith(file.toString()), failure.getMessage());
    assertFalse(failure.getMessage().contains(aside.toString()), failure.getMessage());

    Path nowhere = folder.resolve("none").resolve("b.zip");
    failure = assertThrows(NoSuchFileException.class, () -> new AtomicFile(nowhere));
    assertEquals(nowhere.getParent().toString(), failure.getMessage());
  }

  /** Only the operating system can be full; its words are in the user's language. */
  @Test
  void shouldNameTheFileOnAFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Path file = folder.resolve("a.zip");
    Path aside = Files.createSymbolicLink(folder.resolve("a.part"), full);
    try (AtomicFile atomic = AtomicFile.unsynced(file, aside)) {
      OutputStream out = atomic.out();
      IOException failure = assertThrows(IOException.class, () -> out.write(new byte[1 << 20]));
      assertEquals(file + ": " + failure.getCause().getMessage(), failure.getMessage());
    }
  }

  @Test
  void shouldNotReplaceADevice() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));
    Path link = Files.createSymbolicLink(folder.resolve("a.zip"), device);
    assertMessage(
        IOException.class,
        link + ": it is a device or a pipe, but a file is needed",
        () -> AtomicFile.replace(link, text("new")));
    assertEquals(List.of("a.zip"), names(folder));
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
