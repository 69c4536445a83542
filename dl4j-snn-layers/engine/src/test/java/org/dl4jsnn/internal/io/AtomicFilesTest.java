package org.dl4jsnn.internal.io;

import static org.dl4jsnn.internal.io.AtomicFileTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  @TempDir private Path folder;

  private static Map<String, AtomicFile.Writer> files(
      AtomicFile.Writer one, AtomicFile.Writer two) {
    Map<String, AtomicFile.Writer> files = new LinkedHashMap<>();
    files.put("one", one);
    files.put("two", two);
    return files;
  }

  private List<String> texts() throws IOException {
    assertEquals(List.of("one", "two"), AtomicFileTest.names(folder));
    return List.of(
        Files.readString(folder.resolve("one")), Files.readString(folder.resolve("two")));
  }

  @Test
  void shouldKeepAllOldFilesIfTheLastFails() throws IOException {
    AtomicFiles.replace(folder, files(text("old"), text("of old")));
    IOException full = new IOException("disk full");
    AtomicFile.Writer failing = AtomicFileTest.failing(full);
    assertSame(
        full,
        assertThrows(
            IOException.class, () -> AtomicFiles.replace(folder, files(text("new"), failing))));
    assertEquals(List.of("old", "of old"), texts());
    AtomicFiles.replace(folder, files(text("new"), text("of new")));
    assertEquals(List.of("new", "of new"), texts());
  }

  @Test
  void shouldMoveNoneBeforeAllAreComplete() throws IOException {
    AtomicFiles.replace(folder, files(text("old"), text("of old")));
    Path one = folder.resolve("one");
    AtomicFiles.replace(
        folder, files(text("new"), out -> assertEquals("old", Files.readString(one))));
    assertEquals(List.of("new", ""), texts());
  }

  @Test
  void shouldWriteThoughItsThreadIsInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    AtomicFiles.replace(folder, files(text("1"), AtomicFileTest.interrupting("2")));
    assertTrue(Thread.interrupted());
    assertFalse(Thread.interrupted());
    assertEquals(List.of("1", "2"), texts());
  }
}
